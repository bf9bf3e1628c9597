package io.showreel.gateway.access;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** How often each key may ask, on this replica. */
@Component
class RateLimits {

    private final AccessSettings.RateLimit limit;
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

    RateLimits(AccessSettings settings) {
        this.limit = settings.rateLimit();
    }

    int burst() {
        return limit.burst();
    }

    ConsumptionProbe take(Caller caller) {
        return buckets.computeIfAbsent(caller.name(), name -> bucket()).tryConsumeAndReturnRemaining(1);
    }

    private Bucket bucket() {
        return Bucket.builder()
                .addLimit(bandwidth ->
                        bandwidth.capacity(limit.burst()).refillGreedy(limit.perSecond(), Duration.ofSeconds(1)))
                .build();
    }
}
