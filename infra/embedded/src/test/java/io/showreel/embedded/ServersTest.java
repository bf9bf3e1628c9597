package io.showreel.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServersTest {

    @Test
    void the_shared_servers_answer() {
        assertThat(PostgresServer.shared().isReady()).isTrue();
        assertThat(KafkaServer.shared().isReady()).isTrue();
        assertThat(S3Server.shared().isReady()).isTrue();
    }
}
