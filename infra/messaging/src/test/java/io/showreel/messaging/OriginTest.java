package io.showreel.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class OriginTest {

    @Test
    void what_is_written_downstream_is_found_upstream() {
        var origin = new Origin("request", "trace", UUID.randomUUID());

        var found =
                Mono.deferContextual(context -> Mono.just(Origin.in(context))).contextWrite(origin.write());

        assertThat(found.block()).isEqualTo(origin);
    }

    @Test
    void an_empty_context_has_an_unknown_origin() {
        assertThat(Mono.deferContextual(context -> Mono.just(Origin.in(context)))
                        .block())
                .isEqualTo(Origin.UNKNOWN);
    }
}
