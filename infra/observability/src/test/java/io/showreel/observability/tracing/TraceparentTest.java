package io.showreel.observability.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceparentTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN = "b7ad6b7169203331";

    @Test
    void is_written_as_it_was_read() {
        var header = "00-" + TRACE + "-" + SPAN + "-01";

        assertThat(Traceparent.parse(header)).hasValueSatisfying(parent -> {
            assertThat(parent).isEqualTo(new Traceparent(TRACE, SPAN, true));
            assertThat(parent).hasToString(header);
        });
    }

    @Test
    void only_the_last_bit_of_the_flags_says_whether_a_trace_is_kept() {
        assertThat(Traceparent.parse("00-" + TRACE + "-" + SPAN + "-03"))
                .hasValueSatisfying(parent -> assertThat(parent.sampled()).isTrue());
        assertThat(Traceparent.parse("00-" + TRACE + "-" + SPAN + "-02"))
                .hasValueSatisfying(parent -> assertThat(parent).hasToString("00-" + TRACE + "-" + SPAN + "-00"));
    }

    @Test
    void a_later_version_may_say_more() {
        assertThat(Traceparent.parse("01-" + TRACE + "-" + SPAN + "-01-more"))
                .hasValueSatisfying(parent -> assertThat(parent.traceId()).isEqualTo(TRACE));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01"
            })
    void anything_else_is_none(String header) {
        assertThat(Traceparent.parse(header)).isEmpty();
    }
}
