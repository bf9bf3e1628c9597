package io.showreel.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

class RangeAnswerTest {

    private static final Instant MODIFIED = Instant.parse("2026-03-01T10:20:30.987Z");
    private static final String MODIFIED_AS_HTTP_SAYS = "Sun, 01 Mar 2026 10:20:30 GMT";
    private static final Described HUNDRED_BYTES = new Described("abc", MODIFIED, 100, "image/jpeg", null, "no-cache");
    private static final Described NO_BYTES = new Described("abc", MODIFIED, 0, "image/jpeg", null, "no-cache");

    @ParameterizedTest
    @CsvSource({
        "bytes=0-9, 0, 9",
        "bytes=0-0, 0, 0",
        "bytes=90-99, 90, 99",
        "bytes=90-100, 90, 99",
        "bytes=90-99999999999999999999999, 90, 99",
        "bytes=40-, 40, 99",
        "bytes=99-, 99, 99",
        "bytes=-1, 99, 99",
        "bytes=-100, 0, 99",
        "bytes=-101, 0, 99",
        "BYTES=0-9, 0, 9",
        "bytes= 0-9 , 0, 9"
    })
    void a_single_range_is_answered_with_that_part(String range, long first, long last) {
        assertThat(answer(HttpMethod.GET, HttpHeaders.RANGE, range)).isEqualTo(new RangeAnswer.Part(first, last));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes=0-1,5-6",
                "bytes=5-2",
                "bytes=-",
                "bytes=a-b",
                "bytes",
                "bytes=",
                "0-9",
                "lines=0-9",
                "bytes=--5",
                ""
            })
    void an_invalid_foreign_or_multiple_range_gets_the_whole(String range) {
        assertThat(answer(HttpMethod.GET, HttpHeaders.RANGE, range)).isEqualTo(new RangeAnswer.Whole());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=100-", "bytes=100-200", "bytes=99999999999999999999999-", "bytes=-0"})
    void a_range_beyond_the_last_byte_is_unsatisfiable(String range) {
        assertThat(answer(HttpMethod.GET, HttpHeaders.RANGE, range)).isEqualTo(new RangeAnswer.Unsatisfiable());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-", "bytes=-1"})
    void no_range_of_nothing_is_satisfiable(String range) {
        var headers = new HttpHeaders();
        headers.set(HttpHeaders.RANGE, range);
        assertThat(RangeAnswer.to(HttpMethod.GET, headers, NO_BYTES)).isEqualTo(new RangeAnswer.Unsatisfiable());
    }

    @Test
    void head_ignores_the_range() {
        assertThat(answer(HttpMethod.HEAD, HttpHeaders.RANGE, "bytes=0-9")).isEqualTo(new RangeAnswer.Whole());
        assertThat(answer(HttpMethod.HEAD, HttpHeaders.RANGE, "bytes=100-")).isEqualTo(new RangeAnswer.Whole());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"abc\"", MODIFIED_AS_HTTP_SAYS})
    void a_range_holds_while_if_range_names_these_bytes(String condition) {
        assertThat(answer(HttpMethod.GET, HttpHeaders.RANGE, "bytes=0-9", HttpHeaders.IF_RANGE, condition))
                .isEqualTo(new RangeAnswer.Part(0, 9));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"other\"",
                "W/\"abc\"",
                "Sun, 01 Mar 2026 10:20:31 GMT",
                "Sun, 01 Mar 2026 10:20:29 GMT",
                "yesterday"
            })
    void a_range_is_dropped_when_if_range_names_other_bytes(String condition) {
        assertThat(answer(HttpMethod.GET, HttpHeaders.RANGE, "bytes=0-9", HttpHeaders.IF_RANGE, condition))
                .isEqualTo(new RangeAnswer.Whole());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"abc\"", "W/\"abc\"", "\"x\", \"abc\"", "*"})
    void what_the_client_has_is_not_sent_again(String tags) {
        assertThat(answer(HttpMethod.GET, HttpHeaders.IF_NONE_MATCH, tags)).isEqualTo(new RangeAnswer.NotModified());
        assertThat(answer(HttpMethod.HEAD, HttpHeaders.IF_NONE_MATCH, tags)).isEqualTo(new RangeAnswer.NotModified());
    }

    @Test
    void unchanged_comes_before_the_range() {
        assertThat(answer(HttpMethod.GET, HttpHeaders.IF_NONE_MATCH, "\"abc\"", HttpHeaders.RANGE, "bytes=500-"))
                .isEqualTo(new RangeAnswer.NotModified());
    }

    @Test
    void a_tag_outranks_a_date() {
        assertThat(answer(
                        HttpMethod.GET,
                        HttpHeaders.IF_NONE_MATCH,
                        "\"other\"",
                        HttpHeaders.IF_MODIFIED_SINCE,
                        MODIFIED_AS_HTTP_SAYS))
                .isEqualTo(new RangeAnswer.Whole());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Sun, 01 Mar 2026 10:20:30 GMT | true",
                "Sun, 01 Mar 2026 10:20:31 GMT | true",
                "Sun, 01 Mar 2026 10:20:29 GMT | false",
                "nonsense | false"
            })
    void if_modified_since_compares_whole_seconds(String date, boolean unchanged) {
        assertThat(answer(HttpMethod.GET, HttpHeaders.IF_MODIFIED_SINCE, date) instanceof RangeAnswer.NotModified)
                .isEqualTo(unchanged);
    }

    @Test
    void if_match_wants_these_very_bytes() {
        assertThat(answer(HttpMethod.GET, HttpHeaders.IF_MATCH, "\"other\""))
                .isEqualTo(new RangeAnswer.PreconditionFailed());
        assertThat(answer(HttpMethod.GET, HttpHeaders.IF_MATCH, "\"abc\"")).isEqualTo(new RangeAnswer.Whole());
        assertThat(answer(HttpMethod.GET, HttpHeaders.IF_UNMODIFIED_SINCE, "Sun, 01 Mar 2026 10:20:29 GMT"))
                .isEqualTo(new RangeAnswer.PreconditionFailed());
    }

    private static RangeAnswer answer(HttpMethod method, String... namesAndValues) {
        var headers = new HttpHeaders();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.set(namesAndValues[i], namesAndValues[i + 1]);
        }
        return RangeAnswer.to(method, headers, HUNDRED_BYTES);
    }
}
