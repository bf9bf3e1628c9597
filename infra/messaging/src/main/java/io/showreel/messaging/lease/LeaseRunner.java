package io.showreel.messaging.lease;

import io.showreel.messaging.Backoff;
import io.showreel.messaging.Lease;
import io.showreel.messaging.LeaseLostException;
import io.showreel.messaging.LeaseWorker;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a worker's queue: one thread leases what is due, another keeps the leases alive, and each row's work has a virtual
 * thread of its own.
 *
 * <p>A worker that dies falls silent; when its lease is over, the row is due again for everybody, with a new epoch. The
 * old worker, should it only have been frozen, finds its lease lost wherever it confirms it. Where leases end with their
 * owners, {@link Presence} makes the row due as soon as the worker's process is gone.
 */
final class LeaseRunner {

    private static final Logger log = LoggerFactory.getLogger(LeaseRunner.class);

    /** Not in a tight circle while another process leases the row that is due. */
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);

    private final LeaseWorker worker;
    private final LeaseTable table;
    private final String owner;
    private final Presence presence;
    private final LeaseSettings settings;
    private final Backoff retry;

    /** By lease, not by key: one that was lost may still be worked on when its row is leased again. */
    private final Map<LeaseTable.Held, Running> running = new ConcurrentHashMap<>();

    private final AtomicBoolean woken = new AtomicBoolean();
    private volatile boolean stopping;
    private volatile @Nullable Thread claiming;
    private volatile @Nullable Thread beating;

    private record Running(HeldLease held, Thread thread) {}

    LeaseRunner(LeaseWorker worker, LeaseTable table, String owner, Presence presence, LeaseSettings settings) {
        this.worker = worker;
        this.table = table;
        this.owner = owner;
        this.presence = presence;
        this.settings = settings;
        this.retry = new Backoff(settings.firstRetry(), settings.longestRetry());
    }

    /** Something may have become due. */
    void wake() {
        woken.set(true);
        LockSupport.unpark(claiming);
    }

    void start() {
        stopping = false;
        claiming = Thread.ofVirtual().name("lease-" + worker.queue()).start(this::claimUntilStopped);
        // On a platform thread: work that keeps all carriers busy must not cost its own lease.
        beating =
                Thread.ofPlatform().daemon().name("heartbeat-" + worker.queue()).start(this::beatUntilStopped);
    }

    /** Leases nothing more, lets work end, then interrupts it and hands it to whoever comes next. */
    void stop() throws InterruptedException {
        stopping = true;
        join(claiming);
        if (!endsWithin(settings.grace())) {
            running.values().forEach(work -> work.thread().interrupt());
            if (!endsWithin(settings.grace())) {
                log.warn("{} keeps working on {}; the leases will run out", worker.queue(), running.keySet());
            }
        }
        join(beating);
    }

    private void claimUntilStopped() {
        var failures = 0;
        while (!stopping) {
            woken.set(false);
            Duration pause;
            try {
                pause = claim();
                failures = 0;
            } catch (RuntimeException e) {
                pause = retry.after(++failures);
                pause = pause.compareTo(settings.poll()) < 0 ? pause : settings.poll();
                log.warn("{} is not read; trying again in {} ms: {}", worker.queue(), pause.toMillis(), e.toString());
            }
            if (!woken.get() && !stopping) {
                LockSupport.parkNanos(this, pause.toNanos());
            }
        }
    }

    private Duration claim() {
        var free = worker.concurrency() - running.size();
        if (free <= 0 || (worker.endsWithItsOwner() && !presence.isShown())) {
            return settings.poll();
        }
        var at = System.nanoTime();
        var claimed = table.claim(free);
        for (var row : claimed) {
            begin(new HeldLease(worker.queue(), owner, row, at, freshFor()));
        }
        if (!claimed.isEmpty()) {
            return Duration.ZERO;
        }
        return table.untilNext()
                .map(next -> next.isPositive() ? next : SHORTEST_PAUSE)
                .filter(next -> next.compareTo(settings.poll()) < 0)
                .orElse(settings.poll());
    }

    private void begin(HeldLease held) {
        var lease = held.lease();
        if (lease.attempts() > 1) {
            log.info("{}/{} is worked on for the {}. time", lease.queue(), lease.key(), lease.attempts());
        }
        var thread = Thread.ofVirtual().name(lease.queue() + "/" + lease.key()).unstarted(() -> work(held));
        running.put(id(lease), new Running(held, thread));
        thread.start();
    }

    private void work(HeldLease held) {
        var lease = held.lease();
        try {
            worker.work().run(lease);
            if (giveUp(lease)) {
                log.error("{}/{} ended its work without completing or postponing it", lease.queue(), lease.key());
            }
        } catch (LeaseLostException e) {
            log.info("{} Whoever has it now goes on.", e.getMessage());
        } catch (Throwable e) {
            // Throwable: an error must not leave the row leased until its heartbeats end, which would be never.
            // Interrupted work is to be released, too, and a blocking call would refuse.
            var interrupted = Thread.interrupted() || e instanceof InterruptedException;
            if (interrupted || stopping) {
                handOver(lease);
            } else if (giveUp(lease)) {
                log.warn(
                        "{}/{} failed; trying again in {} ms",
                        lease.queue(),
                        lease.key(),
                        retry.after(lease.attempts()).toMillis(),
                        e);
            } else {
                log.warn("{}/{} failed, but its work had ended or its lease was lost", lease.queue(), lease.key(), e);
            }
        } finally {
            running.remove(id(lease));
            wake();
        }
    }

    private boolean giveUp(Lease lease) {
        try {
            return table.giveUp(lease, Instant.now().plus(retry.after(lease.attempts())));
        } catch (RuntimeException e) {
            log.warn("{}/{} stays leased until its lease runs out: {}", lease.queue(), lease.key(), e.toString());
            return false;
        }
    }

    private void handOver(Lease lease) {
        try {
            table.handOver(lease);
        } catch (RuntimeException e) {
            log.warn("{}/{} stays leased until its lease runs out: {}", lease.queue(), lease.key(), e.toString());
        }
    }

    private void beatUntilStopped() {
        while (!stopping || !running.isEmpty()) {
            try {
                beat();
            } catch (RuntimeException e) {
                log.warn("The leases of {} were not renewed: {}", worker.queue(), e.toString());
            }
            LockSupport.parkNanos(this, worker.lease().dividedBy(6).toNanos());
        }
    }

    private void beat() {
        var beaten = Map.copyOf(running);
        if (beaten.isEmpty()) {
            return;
        }
        var at = System.nanoTime();
        var kept = table.heartbeat(
                beaten.values().stream().map(work -> work.held().lease()).toList());
        beaten.forEach((id, work) -> {
            if (kept.contains(id)) {
                work.held().beat(at);
            } else {
                work.held().lose();
            }
        });
    }

    private static LeaseTable.Held id(Lease lease) {
        return new LeaseTable.Held(lease.key(), lease.epoch());
    }

    private Duration freshFor() {
        return worker.lease().multipliedBy(3).dividedBy(4);
    }

    private boolean endsWithin(Duration time) throws InterruptedException {
        var until = System.nanoTime() + time.toNanos();
        for (var work : running.values()) {
            var left = until - System.nanoTime();
            if (left <= 0 || !work.thread().join(Duration.ofNanos(left))) {
                return false;
            }
        }
        return true;
    }

    private static void join(@Nullable Thread thread) throws InterruptedException {
        if (thread != null) {
            LockSupport.unpark(thread);
            thread.join();
        }
    }
}
