package io.showreel.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WireJsonTest {

    enum Mood {
        VERY_GLAD,
        @JsonEnumDefaultValue
        OTHER
    }

    record Postcard(
            long jobId,
            Mood senderMood,
            Duration onTheWay,
            Instant postedAt,
            BigDecimal postage,
            @Nullable String note,
            Map<String, String> stamps,
            List<Mood> readers) {}

    private static final Postcard POSTCARD = new Postcard(
            7,
            Mood.VERY_GLAD,
            Duration.ofSeconds(90),
            Instant.parse("2026-03-01T10:00:00.123456Z"),
            new BigDecimal("0.0000001"),
            null,
            Map.of("anInnerKey", "x"),
            List.of(Mood.OTHER));

    private static final String WRITTEN = """
            {"job_id":7,"sender_mood":"very_glad","on_the_way":"PT1M30S","posted_at":"2026-03-01T10:00:00.123456Z",\
            "postage":0.0000001,"stamps":{"anInnerKey":"x"},"readers":["other"]}""";

    @Test
    void writes_snake_case_lower_case_enums_iso_times_and_no_nulls() {
        assertThat(WireJson.mapper().writeValueAsString(POSTCARD)).isEqualTo(WRITTEN);
    }

    @Test
    void reads_what_it_writes() {
        assertThat(WireJson.mapper().readValue(WRITTEN, Postcard.class)).isEqualTo(POSTCARD);
    }

    @Test
    void ignores_what_a_later_version_added() {
        var later = WRITTEN.replace("{\"job_id\"", "{\"added\":{\"deep\":[1]},\"job_id\"")
                .replace("very_glad", "puzzled");

        var read = WireJson.mapper().readValue(later, Postcard.class);

        assertThat(read.senderMood()).isEqualTo(Mood.OTHER);
        assertThat(read.jobId()).isEqualTo(7);
    }

    @Test
    void reads_what_an_earlier_version_did_not_say_as_nothing() {
        var read = WireJson.mapper().readValue("{\"sender_mood\":\"very_glad\"}", Postcard.class);

        assertThat(read.jobId()).isZero();
        assertThat(read.onTheWay()).isNull();
    }
}
