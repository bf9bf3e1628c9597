package io.showreel.selection.storyboard.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.showreel.observability.tracing.Spans;
import io.showreel.selection.storyboard.Deadline;
import io.showreel.selection.storyboard.Question;
import io.showreel.selection.storyboard.Storyteller;
import io.showreel.selection.storyboard.StorytellerException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** Times every question to the storyteller, its own further tries included; each is a span. */
@Component
class MeteredStoryteller implements Storyteller {

    private final Storyteller storyteller;
    private final MeterRegistry registry;
    private final Spans spans;

    MeteredStoryteller(@Qualifier("grokStoryteller") Storyteller storyteller, MeterRegistry registry, Spans spans) {
        this.storyteller = storyteller;
        this.registry = registry;
        this.spans = spans;
        timer("success");
        timer("provider_auth");
        timer("provider_billing");
    }

    @Override
    public Telling tell(Question question, @Nullable Objection earlier, Deadline deadline)
            throws StorytellerException, InterruptedException {
        var start = System.nanoTime();
        var outcome = "interrupted";
        try (var ignored = spans.open("xai complete", Spans.Kind.CLIENT)) {
            var telling = storyteller.tell(question, earlier, deadline);
            outcome = telling instanceof Story ? "success" : "unusable";
            return telling;
        } catch (StorytellerException e) {
            outcome = e.code();
            throw e;
        } finally {
            timer(outcome).record(Duration.ofNanos(System.nanoTime() - start));
        }
    }

    private Timer timer(String outcome) {
        return Timer.builder("showreel.provider.calls")
                .description("Time of a call to a provider, by what its answer means")
                .tags("provider", "xai", "call", "complete", "outcome", outcome)
                .register(registry);
    }
}
