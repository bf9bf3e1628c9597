package io.showreel.render.take;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.contracts.scene.SceneEvent.LossReason;
import java.time.Duration;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SymptomTest {

    /** The provider's text, what it means, how many resubmissions that permits, and why the take is lost after them. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Director: unexpected error handling prediction (E6716)                | START_TIMEOUT   | 4 | FAILED
                    Something went wrong (E1000)                                          | TRANSIENT       | 2 | FAILED
                    Prediction stopped in a non-terminal state (E8367)                    | TRANSIENT       | 2 | FAILED
                    File upload failed (E9825)                                            | TRANSIENT       | 2 | FAILED
                    Unexpected error (E9828)                                              | TRANSIENT       | 2 | FAILED
                    Model health check failed (E8765)                                     | UNHEALTHY_MODEL | 2 | FAILED
                    Error starting prediction (E9243)                                     | START_ERROR     | 1 | FAILED
                    Prediction interrupted; please retry (code: PA)                       | INTERRUPTED     | 2 | FAILED
                    Service is experiencing high demand (E003)                            | OVERLOADED      | 5 | FAILED
                    Service is temporarily unavailable (E004)                             | OVERLOADED      | 5 | FAILED
                    Prediction timed out.                                                 | CONGESTED       | 1 | FAILED
                    queue reached limit                                                   | CONGESTED       | 1 | FAILED
                    HTTPError: 503 Server Error                                           | CONGESTED       | 1 | FAILED
                    The input or output was flagged as sensitive. (E005) (uIJ6l3ruRD)     | MODERATED       | 0 | MODERATED
                    Your input was flagged as sensitive                                   | MODERATED       | 0 | MODERATED
                    Upstream account is out of credit (E001)                              | UNSERVABLE      | 0 | FAILED
                    Upstream key was refused (E002)                                       | UNSERVABLE      | 0 | FAILED
                    Out of memory (E1001)                                                 | UNSERVABLE      | 0 | FAILED
                    Webhook URL is empty (E4875)                                          | UNSERVABLE      | 0 | FAILED
                    ValueError: width must be positive                                    | MODEL_ERROR     | 0 | FAILED
                    A code of tomorrow (E7777)                                            | MODEL_ERROR     | 0 | FAILED
                                                                                          | MODEL_ERROR     | 0 | FAILED
                    """)
    void a_failed_prediction_is_read_for_what_it_permits(
            @Nullable String error, Symptom symptom, int limit, LossReason loss) {
        assertThat(Symptom.of(error)).isEqualTo(symptom);
        assertThat(symptom.policy().limit()).hasValue(limit);
        assertThat(symptom.lossReason()).isEqualTo(loss);
    }

    @ParameterizedTest
    @EnumSource(names = {"THROTTLED", "UNPAID", "UNAUTHENTICATED", "UNREACHABLE", "UNSENT"})
    void what_can_not_have_made_a_prediction_is_tried_as_often_as_it_takes(Symptom symptom) {
        assertThat(symptom.policy().limit()).isEmpty();
        assertThat(symptom.policy().after(1000)).hasValue(Duration.ZERO);
    }

    @ParameterizedTest
    @EnumSource(names = {"INVALID", "AMBIGUOUS", "GONE", "STOPPED"})
    void what_proves_nothing_or_would_repeat_itself_permits_none(Symptom symptom) {
        assertThat(symptom.policy().limit()).hasValue(0);
    }

    @ParameterizedTest
    @EnumSource(Symptom.class)
    void each_wait_is_at_least_as_long_as_the_one_before_and_the_limit_holds(Symptom symptom) {
        var policy = symptom.policy();
        assertThat(policy.sentence()).isNotBlank();
        policy.limit().ifPresent(limit -> {
            assertThat(IntStream.rangeClosed(1, limit)
                            .mapToObj(failures -> policy.after(failures).orElseThrow()))
                    .isSorted();
            assertThat(policy.after(limit + 1)).isEmpty();
        });
    }

    @Test
    void only_vendors_limits_and_bad_health_speak_against_a_model() {
        assertThat(Symptom.values())
                .filteredOn(Symptom::isOfTheModel)
                .containsExactly(Symptom.UNHEALTHY_MODEL, Symptom.OVERLOADED);
    }
}
