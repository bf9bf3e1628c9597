package io.showreel.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.contracts.job.JobCommand;
import io.showreel.contracts.job.JobEvent;
import io.showreel.contracts.scene.SceneEvent;
import io.showreel.contracts.scene.SceneRequest;
import io.showreel.contracts.storyboard.StoryboardEvent;
import io.showreel.contracts.video.VideoEvent;
import io.showreel.messaging.WireJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The golden files are what earlier versions wrote: they are appended to, never edited. */
class GoldenFilesTest {

    private static final List<Class<?>> VOCABULARIES = List.of(
            JobCommand.class,
            StoryboardEvent.class,
            SceneRequest.class,
            SceneEvent.class,
            VideoEvent.class,
            JobEvent.class);

    @ParameterizedTest
    @MethodSource("samples")
    void a_message_is_written_as_its_golden_file_says(Record message) {
        assertThat(WireJson.mapper().readTree(WireJson.mapper().writeValueAsBytes(message)))
                .isEqualTo(WireJson.mapper().readTree(golden(message.getClass())));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_golden_file_is_read_as_the_message_it_was(Record message) {
        assertThat(WireJson.mapper().readValue(golden(message.getClass()), message.getClass()))
                .isEqualTo(message);
    }

    @ParameterizedTest
    @MethodSource("additions")
    void what_was_added_since_is_written_and_read_as_its_own_golden_file_says(Samples.Addition addition) {
        var message = addition.message();
        var file = golden(message.getClass(), "." + addition.name());
        assertThat(WireJson.mapper().readTree(WireJson.mapper().writeValueAsBytes(message)))
                .isEqualTo(WireJson.mapper().readTree(file));
        assertThat(WireJson.mapper().readValue(file, message.getClass())).isEqualTo(message);
    }

    @Test
    void every_message_has_a_golden_file() {
        var sampled = Samples.ALL.stream().<Class<?>>map(Record::getClass).toList();
        assertThat(VOCABULARIES.stream()
                        .flatMap(vocabulary -> Stream.of(vocabulary.getPermittedSubclasses()))
                        .filter(type -> !type.getSimpleName().equals("Unrecognised")))
                .isSubsetOf(sampled)
                .allSatisfy(type -> assertThat(golden(type)).isNotEmpty());
    }

    static Stream<Record> samples() {
        return Samples.ALL.stream();
    }

    static Stream<Samples.Addition> additions() {
        return Samples.ADDITIONS.stream();
    }

    private static byte[] golden(Class<?> type) {
        return golden(type, "");
    }

    /** {@code golden/<topic>/<ce_type>[.<addition>].json}. */
    private static byte[] golden(Class<?> type, String addition) {
        var path = "/golden/" + topicOf(type) + "/" + typeName(type) + addition + ".json";
        try (var file = GoldenFilesTest.class.getResourceAsStream(path)) {
            assertThat(file).as(path).isNotNull();
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String topicOf(Class<?> type) {
        try {
            return (String) type.getEnclosingClass().getField("TOPIC").get(null);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(type + " stands outside a topic's vocabulary", e);
        }
    }

    private static String typeName(Class<?> type) {
        return type.getSimpleName().replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(java.util.Locale.ROOT)
                + ".v1";
    }
}
