package gridcase.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What one transaction has seen of the releases and decided so far. Its records are
 * written together just before it commits, and are lost with it if it does not.
 */
final class DecisionsInTransaction implements TransactionSynchronization {

	private final List<DecisionRecord> records = new ArrayList<>();

	private ReleaseBook.Pages pages;

	private Consumer<List<DecisionRecord>> writer;

	private boolean committing;

	private boolean committed;

	private DecisionsInTransaction() {
	}

	/** Those of the running transaction; null if there is none. */
	static DecisionsInTransaction current() {
		if (!TransactionSynchronizationManager.isActualTransactionActive()
				|| !TransactionSynchronizationManager.isSynchronizationActive()) {
			return null;
		}
		DecisionsInTransaction current = (DecisionsInTransaction) TransactionSynchronizationManager
			.getResource(DecisionsInTransaction.class);
		if (current == null) {
			current = new DecisionsInTransaction();
			TransactionSynchronizationManager.bindResource(DecisionsInTransaction.class, current);
			TransactionSynchronizationManager.registerSynchronization(current);
		}
		return current;
	}

	ReleaseBook.Pages pages() {
		return this.pages;
	}

	void seen(ReleaseBook.Pages pages) {
		this.pages = pages;
	}

	void add(DecisionRecord record, Consumer<List<DecisionRecord>> writer) {
		if (this.committed) {
			throw new IllegalStateException("asked after the commit: the decision could not be kept");
		}
		this.writer = writer;
		this.records.add(record);
		if (this.committing) {
			write();
		}
	}

	/** Writes what has not been written, so that it can be read. */
	void write() {
		if (!this.records.isEmpty()) {
			this.writer.accept(List.copyOf(this.records));
			this.records.clear();
		}
	}

	@Override
	public void beforeCommit(boolean readOnly) {
		write();
		this.committing = true;
	}

	@Override
	public void suspend() {
		TransactionSynchronizationManager.unbindResource(DecisionsInTransaction.class);
	}

	@Override
	public void resume() {
		TransactionSynchronizationManager.bindResource(DecisionsInTransaction.class, this);
	}

	@Override
	public void afterCommit() {
		this.committed = true;
		if (!this.records.isEmpty()) {
			throw new IllegalStateException("decided while others were committing, not on record: " + this.records);
		}
	}

	@Override
	public void afterCompletion(int status) {
		TransactionSynchronizationManager.unbindResource(DecisionsInTransaction.class);
	}

}
