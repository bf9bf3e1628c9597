package io.showreel.selection.storyboard.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.showreel.contracts.job.JobCommand.SelectScenes;
import io.showreel.contracts.storyboard.StoryboardEvent;
import io.showreel.observability.tracing.Spans;
import io.showreel.selection.WireFormat;
import io.showreel.selection.storyboard.SelectStoryboard;
import io.showreel.selection.storyboard.metrics.SelectionMeters;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.support.KafkaHeaders;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * One command in, one event out. The offset is committed after the event was acknowledged, so a crash in between
 * repeats the command; its event then has the same {@code ce_id}, and the reader's inbox keeps the first. Transactions
 * would spare that reader the repetition, but make it wait three minutes whenever this service dies inside one.
 */
@Configuration(proxyBeanMethods = false)
class JobCommands {

    private static final String SELECT_SCENES = WireFormat.type(SelectScenes.class);
    private static final String SOURCE = "/selection-service";

    /** For HTTP too. */
    @Bean
    JsonMapper wireJson() {
        return WireFormat.JSON;
    }

    @Bean
    Function<Message<byte[]>, @Nullable Message<byte[]>> selectScenes(
            SelectStoryboard selection, SelectionMeters meters, Spans spans) {
        var recent = new RecentAnswers();
        return command -> {
            var traceparent = WireHeaders.received(command, WireHeaders.TRACEPARENT);
            try (var span = spans.open("process job.commands", Spans.Kind.CONSUMER, traceparent)) {
                return on(command, span.traceparent(), selection, recent, meters, InstantSource.system());
            }
        };
    }

    private static @Nullable Message<byte[]> on(
            Message<byte[]> message,
            @Nullable String traceparent,
            SelectStoryboard selection,
            RecentAnswers recent,
            SelectionMeters meters,
            InstantSource clock) {
        var id = id(message);
        if (!SELECT_SCENES.equals(WireHeaders.received(message, WireHeaders.TYPE))) {
            return null;
        }
        var command = command(message);
        var event = answer(id, command, selection, recent, meters);
        var answer = MessageBuilder.withPayload(WireFormat.JSON.writeValueAsBytes(event))
                .setHeader(KafkaHeaders.KEY, Long.toString(command.jobId()).getBytes(UTF_8))
                .setHeader(WireHeaders.SPEC_VERSION, "1.0")
                .setHeader(WireHeaders.ID, answerTo(id).toString())
                .setHeader(WireHeaders.TYPE, WireFormat.type(event.getClass()))
                .setHeader(WireHeaders.SOURCE, SOURCE)
                .setHeader(WireHeaders.SUBJECT, Long.toString(command.jobId()))
                .setHeader(WireHeaders.TIME, clock.instant().toString())
                .setHeader(WireHeaders.CAUSATION_ID, id.toString())
                .setHeader(WireHeaders.CONTENT_TYPE, "application/json");
        // A null is no header.
        answer.setHeader(WireHeaders.REQUEST_ID, WireHeaders.received(message, WireHeaders.REQUEST_ID));
        answer.setHeader(WireHeaders.TRACEPARENT, traceparent);
        return answer.build();
    }

    /** The same for the same command, however often it is answered. */
    static UUID answerTo(UUID command) {
        return UUID.nameUUIDFromBytes(("answer to " + command).getBytes(UTF_8));
    }

    private static StoryboardEvent answer(
            UUID id, SelectScenes command, SelectStoryboard selection, RecentAnswers recent, SelectionMeters meters) {
        var earlier = recent.to(id);
        if (earlier != null) {
            return earlier;
        }
        try {
            var begun = System.nanoTime();
            var event = selection.answer(command);
            meters.answered(event, Duration.ofNanos(System.nanoTime() - begun));
            recent.remember(id, event);
            return event;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException(e);
        }
    }

    private static SelectScenes command(Message<byte[]> message) {
        try {
            return WireFormat.JSON.readValue(message.getPayload(), SelectScenes.class);
        } catch (JacksonException e) {
            throw new UnreadableCommandException("The payload is no " + SELECT_SCENES, e);
        }
    }

    private static UUID id(Message<byte[]> message) {
        var id = WireHeaders.received(message, WireHeaders.ID);
        try {
            return UUID.fromString(id == null ? "" : id);
        } catch (IllegalArgumentException e) {
            throw new UnreadableCommandException("The header ce_id is missing or no UUID: " + id, e);
        }
    }
}
