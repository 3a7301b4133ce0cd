package gridcase.registry;

import java.util.List;
import java.util.Set;

/** The roles a duty can give. Their keys stand in diagrams, tables and duty files. */
public final class Roles {

	/** Reports from, and works in, one grid (网格员). */
	public static final String GRID_WORKER = "grid-worker";

	/** Answers for one grid (网格长). */
	public static final String GRID_HEAD = "grid-head";

	/** Does the work in a unit (处置人员). */
	public static final String HANDLER = "handler";

	/** Answers for a unit (单位负责人). */
	public static final String UNIT_HEAD = "unit-head";

	/** Files and sends cases at a tier (派遣员). */
	public static final String DISPATCHER = "dispatcher";

	/** Checks results on the spot (核查员). */
	public static final String VERIFIER = "verifier";

	/** The superior on duty at a tier (带班领导). */
	public static final String DUTY_LEADER = "duty-leader";

	/** Takes direct reports at the top tier (指挥中心派遣员). */
	public static final String CENTRE_DISPATCHER = "centre-dispatcher";

	/** Enters what residents tell by telephone (热线受理员). */
	public static final String HOTLINE_CLERK = "hotline-clerk";

	/** Writes tables and diagrams (政策人员). */
	public static final String POLICY_OFFICER = "policy-officer";

	/** Approves what another one wrote (政策审批人). */
	public static final String POLICY_APPROVER = "policy-approver";

	/** Replays what happened (督查审计人员). */
	public static final String AUDITOR = "auditor";

	/** Keeps registries and the platform (系统管理员). */
	public static final String ADMINISTRATOR = "administrator";

	/** All of them. */
	public static final List<String> ALL = List.of(GRID_WORKER, GRID_HEAD, HANDLER, UNIT_HEAD, DISPATCHER, VERIFIER,
			DUTY_LEADER, CENTRE_DISPATCHER, HOTLINE_CLERK, POLICY_OFFICER, POLICY_APPROVER, AUDITOR, ADMINISTRATOR);

	/**
	 * Offices of trust: whoever stands in for an absent holder gets the tasks, not the
	 * rights.
	 */
	public static final Set<String> PERSONAL = Set.of(POLICY_OFFICER, POLICY_APPROVER, AUDITOR, ADMINISTRATOR);

	private Roles() {
	}

}
