package gridcase.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Something that runs cases, and what its slices have shown.
 */
final class Variant {

	final String name;

	private final Case work;

	private long number;

	Variant(String name, Case work) {
		this.name = name;
		this.work = work;
	}

	/** One case after another in this thread. */
	void run(int cases) {
		for (int i = 0; i < cases; i++) {
			this.work.run(0, this.number++);
		}
	}

	/**
	 * As many cases as can be done in that time.
	 * @param threads how many at once
	 * @param seconds no case begins later than that
	 */
	Slice slice(int threads, double seconds, Server server) throws InterruptedException, ExecutionException {
		ExecutorService pool = Executors.newFixedThreadPool(threads);
		Server.Cpu cpu = server.cpu();
		double wal = server.wal();
		long start = System.nanoTime();
		long end = start + (long) (seconds * 1e9);
		long first = this.number;
		this.number += 1_000_000;
		List<Future<Long>> parts = new ArrayList<>();
		for (int thread = 1; thread <= threads; thread++) {
			int me = thread;
			parts.add(pool.submit(() -> {
				long done = 0;
				while (System.nanoTime() < end) {
					this.work.run(me, first + done++);
				}
				return done;
			}));
		}
		long done = 0;
		for (Future<Long> part : parts) {
			done += part.get();
		}
		pool.shutdown();
		return new Slice(done, (System.nanoTime() - start) / 1e9, server.cpu().since(cpu), server.wal() - wal);
	}

	/** A case from its start to its end. */
	interface Case {

		void run(int thread, long number);

	}

	/**
	 * What a slice showed.
	 *
	 * @param cases done
	 * @param seconds it took
	 * @param cpu CPU seconds meanwhile
	 * @param wal bytes of log meanwhile
	 */
	record Slice(long cases, double seconds, Server.Cpu cpu, double wal) {

		double perSecond() {
			return this.cases / this.seconds;
		}

		double perCpuSecond() {
			return this.cases / this.cpu.ours();
		}

	}

}
