package io.showreel.render.start;

import com.zaxxer.hikari.HikariDataSource;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.BucketProxy;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.showreel.render.account.AccountSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** Paces the calls of all replicas together: its buckets are rows. */
@Component
public class Throttle {

    static final int CONNECTIONS = 2;

    private static final int READ_BURST = 50;

    private final AccountSettings settings;
    private final ProxyManager<Long> buckets;
    private final Timer startWait;
    private final Timer readWait;
    private final Semaphore connections = new Semaphore(CONNECTIONS, true);

    Throttle(
            AccountSettings settings,
            @Qualifier("throttleDataSource") HikariDataSource source,
            MeterRegistry registry) {
        this.settings = settings;
        this.startWait = wait(registry, "start");
        this.readWait = wait(registry, "read");
        this.buckets = Bucket4jPostgreSQL.selectForUpdateBasedBuilder(source)
                .table("rate_bucket")
                .build();
    }

    /** Lets the first start of an account become due while nothing waits for it yet. */
    public void open(String account, Duration pace) throws InterruptedException {
        if (pace.isPositive()) {
            ask(starts(account, pace), BucketProxy::getAvailableTokens);
        }
    }

    /**
     * Takes the account's next start, if it is due. The bucket holds one, so that nothing ever bursts.
     *
     * @param pace between two starts
     * @return how long to wait before trying again; zero when the start is taken
     */
    public Duration tryStart(String account, Duration pace) throws InterruptedException {
        if (!pace.isPositive()) {
            return Duration.ZERO;
        }
        var wait = tryOnce(starts(account, pace));
        if (wait.isPositive()) {
            startWait.record(wait);
        }
        return wait;
    }

    /** Waits until one more call may be made that is no submission. */
    public void awaitRead(String account) throws InterruptedException {
        var reads = reads(account);
        var begun = System.nanoTime();
        while (true) {
            var wait = tryOnce(reads);
            if (wait.isZero()) {
                readWait.record(Duration.ofNanos(System.nanoTime() - begun));
                return;
            }
            TimeUnit.NANOSECONDS.sleep(wait.toNanos());
        }
    }

    private static Timer wait(MeterRegistry registry, String kind) {
        return Timer.builder("showreel.bucket.wait")
                .description("How long a call to the provider waited for its token")
                .tag("kind", kind)
                .register(registry);
    }

    /**
     * @param id names the pace, too: another pace is another bucket, so that a new setting counts at once
     */
    private record Limit(long id, BucketConfiguration configuration) {

        static Limit of(String name, long capacity, long tokens, Duration period, long initially) {
            var configuration = BucketConfiguration.builder()
                    .addLimit(limit -> limit.capacity(capacity)
                            .refillGreedy(tokens, period)
                            .initialTokens(initially))
                    .build();
            var id = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
            return new Limit(id.getMostSignificantBits(), configuration);
        }
    }

    /** Empty at first: what was started at another pace just before is not in it. */
    private static Limit starts(String account, Duration pace) {
        return Limit.of("start " + account + " " + pace, 1, 1, pace, 0);
    }

    private Limit reads(String account) {
        var perMinute = settings.readsPerMinute();
        return Limit.of("read " + account + " " + perMinute, READ_BURST, perMinute, Duration.ofMinutes(1), READ_BURST);
    }

    private Duration tryOnce(Limit limit) throws InterruptedException {
        var probe = ask(limit, bucket -> bucket.tryConsumeAndReturnRemaining(1));
        return probe.isConsumed() ? Duration.ZERO : Duration.ofNanos(Math.max(1, probe.getNanosToWaitForRefill()));
    }

    private <T> T ask(Limit limit, Function<BucketProxy, T> question) throws InterruptedException {
        connections.acquire();
        try {
            return question.apply(buckets.builder().build(limit.id(), limit::configuration));
        } finally {
            connections.release();
        }
    }
}
