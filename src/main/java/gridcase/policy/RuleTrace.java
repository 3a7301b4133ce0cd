package gridcase.policy;

import java.util.List;

/**
 * How one rule stood to the inputs.
 *
 * @param rule id of the rule
 * @param cells whether each input cell was true, in the order of the columns
 * @param matched whether all were
 */
public record RuleTrace(String rule, List<Boolean> cells, boolean matched) {

}
