package gridcase.privacy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Seals all stored personal data anew with the key in use, a batch of rows at a time, so
 * that work goes on beside it. Broken off, it is simply begun again.
 */
@Component
public class Rotation {

	private static final Logger log = LoggerFactory.getLogger(Rotation.class);

	private static final int BATCH = 200;

	private final List<SealedStore> stores;

	private final PersonalData personal;

	private final TransactionTemplate transaction;

	Rotation(List<SealedStore> stores, PersonalData personal, PlatformTransactionManager transactions) {
		this.stores = stores;
		this.personal = personal;
		this.transaction = new TransactionTemplate(transactions);
		this.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
	}

	/**
	 * Goes through all tables.
	 * @return how many rows were sealed anew, by table; all 0 means that earlier keys are
	 * no longer needed
	 */
	public Map<String, Integer> run() {
		Map<String, Integer> changed = new LinkedHashMap<>();
		for (SealedStore store : this.stores) {
			int rows = 0;
			String after = null;
			do {
				String from = after;
				SealedStore.Progress progress = this.transaction.execute((status) -> store.reseal(from, BATCH));
				rows += progress.changed();
				after = progress.last();
			}
			while (after != null);
			changed.put(store.name(), rows);
		}
		log.info("personal data sealed anew with key {}: {}", this.personal.keyId(), changed);
		return changed;
	}

}
