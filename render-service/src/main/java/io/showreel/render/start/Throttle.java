package io.showreel.render.start;

import com.zaxxer.hikari.HikariDataSource;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** Paces the calls of all replicas together: its buckets are rows. */
@Component
public class Throttle {

    static final int CONNECTIONS = 2;

    private static final int READ_BURST = 50;

    private final StartSettings settings;
    private final ProxyManager<Long> buckets;
    private final Semaphore connections = new Semaphore(CONNECTIONS, true);

    Throttle(StartSettings settings, @Qualifier("throttleDataSource") HikariDataSource source) {
        this.settings = settings;
        this.buckets = Bucket4jPostgreSQL.selectForUpdateBasedBuilder(source)
                .table("rate_bucket")
                .build();
    }

    /** Waits until the account may submit once more. The bucket holds one token, so that nothing ever bursts. */
    public void awaitStart(String account) throws InterruptedException {
        var delay = settings.delay();
        if (delay.isPositive()) {
            await("start " + account + " " + delay, paced(1, 1, delay, 0));
        }
    }

    /** Waits until one more call may be made that is no submission. */
    public void awaitRead(String account) throws InterruptedException {
        var perMinute = settings.readsPerMinute();
        await("read " + account + " " + perMinute, paced(READ_BURST, perMinute, Duration.ofMinutes(1), READ_BURST));
    }

    private static BucketConfiguration paced(long capacity, long tokens, Duration period, long initially) {
        return BucketConfiguration.builder()
                .addLimit(limit ->
                        limit.capacity(capacity).refillGreedy(tokens, period).initialTokens(initially))
                .build();
    }

    /** The name holds the pace: another pace is another bucket, so that a new setting counts at once. */
    private void await(String name, BucketConfiguration configuration) throws InterruptedException {
        var id = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).getMostSignificantBits();
        var bucket = buckets.builder().build(id, () -> configuration);
        while (true) {
            connections.acquire();
            long nanos;
            try {
                var probe = bucket.tryConsumeAndReturnRemaining(1);
                if (probe.isConsumed()) {
                    return;
                }
                nanos = probe.getNanosToWaitForRefill();
            } finally {
                connections.release();
            }
            TimeUnit.NANOSECONDS.sleep(nanos);
        }
    }
}
