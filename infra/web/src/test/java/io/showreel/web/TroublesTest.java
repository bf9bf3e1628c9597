package io.showreel.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;

class TroublesTest {

    private final Troubles troubles = new Troubles();

    @Test
    void a_host_that_nobody_knows_is_a_part_that_is_away() {
        var unknown = new UnknownHostException("nobody.invalid");

        assertThat(troubles.translate(unknown).status()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
        assertThat(troubles.translate(new IllegalStateException(unknown)).status())
                .isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
    }
}
