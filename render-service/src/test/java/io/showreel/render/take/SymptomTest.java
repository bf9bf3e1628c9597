package io.showreel.render.take;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SymptomTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Director: unexpected error handling prediction (E6716)                | START_TIMEOUT
                    Something went wrong (E1000)                                          | TRANSIENT
                    Model health check failed (E8765)                                     | UNHEALTHY_MODEL
                    Error starting prediction (E9243)                                     | START_ERROR
                    Prediction interrupted; please retry (code: PA)                       | INTERRUPTED
                    Service is experiencing high demand (E003)                            | OVERLOADED
                    The input or output was flagged as sensitive. (E005) (uIJ6l3ruRD)     | MODERATED
                    Out of memory (E1001)                                                 | UNSERVABLE
                    Prediction timed out.                                                 | CONGESTED
                    queue reached limit                                                   | CONGESTED
                    ValueError: width must be positive                                    | MODEL_ERROR
                    """)
    void a_provider_s_text_is_read_for_what_it_permits(String error, Symptom symptom) {
        assertThat(Symptom.of(error)).isEqualTo(symptom);
    }
}
