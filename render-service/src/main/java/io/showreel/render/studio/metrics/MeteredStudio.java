package io.showreel.render.studio.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.showreel.observability.tracing.Spans;
import io.showreel.render.studio.Answer;
import io.showreel.render.studio.Order;
import io.showreel.render.studio.Prediction;
import io.showreel.render.studio.Studio;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** Times every call to the provider, by what its answer means for us, and lets those that are no mere looks be spans. */
@Component
class MeteredStudio implements Studio {

    private static final String[] OUTCOMES = {
        "success", "throttled", "denied", "rejected", "missing", "not_sent", "ambiguous"
    };

    private final Studio studio;
    private final MeterRegistry registry;
    private final Spans spans;

    MeteredStudio(@Qualifier("replicateStudio") Studio studio, MeterRegistry registry, Spans spans) {
        this.studio = studio;
        this.registry = registry;
        this.spans = spans;
        for (var outcome : OUTCOMES) {
            timer("submit", outcome);
        }
    }

    @Override
    public Answer<Prediction> submit(Order order) {
        return traced("submit", () -> studio.submit(order));
    }

    @Override
    public Answer<Prediction> look(String predictionId) {
        return timed("look", () -> studio.look(predictionId));
    }

    @Override
    public Answer<Prediction> cancel(String predictionId) {
        return traced("cancel", () -> studio.cancel(predictionId));
    }

    @Override
    public Answer<Upload> upload(Path frame, UUID token) {
        return traced("upload", () -> studio.upload(frame, token));
    }

    @Override
    public Answer<Optional<Prediction>> find(Instant since, Predicate<Prediction> wanted) {
        return traced("find", () -> studio.find(since, wanted));
    }

    private <T> Answer<T> traced(String call, Supplier<Answer<T>> provider) {
        try (var span = spans.open("replicate " + call, Spans.Kind.CLIENT)) {
            var answer = timed(call, provider);
            span.tag("outcome", outcome(answer));
            return answer;
        }
    }

    private <T> Answer<T> timed(String call, Supplier<Answer<T>> provider) {
        var start = System.nanoTime();
        var answer = provider.get();
        timer(call, outcome(answer)).record(Duration.ofNanos(System.nanoTime() - start));
        return answer;
    }

    private Timer timer(String call, String outcome) {
        return Timer.builder("showreel.provider.calls")
                .description("Time of a call to a provider, by what its answer means")
                .tags("provider", "replicate", "call", call, "outcome", outcome)
                .register(registry);
    }

    private static String outcome(Answer<?> answer) {
        return switch (answer) {
            case Answer.Success<?> success -> "success";
            case Answer.Throttled<?> throttled -> "throttled";
            case Answer.Denied<?> denied -> "denied";
            case Answer.Rejected<?> rejected -> "rejected";
            case Answer.Missing<?> missing -> "missing";
            case Answer.NotSent<?> notSent -> "not_sent";
            case Answer.Ambiguous<?> ambiguous -> "ambiguous";
        };
    }
}
