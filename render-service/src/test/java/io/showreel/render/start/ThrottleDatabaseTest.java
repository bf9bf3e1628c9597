package io.showreel.render.start;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ThrottleDatabaseTest {

    @Test
    void a_database_that_falls_silent_is_noticed() {
        try (var source =
                new ThrottleDatabase().throttleDataSource("jdbc:postgresql://localhost:1/render", "render", "render")) {
            assertThat(source.getDataSourceProperties())
                    .containsKeys("connectTimeout", "socketTimeout")
                    .containsEntry("tcpKeepAlive", true);
        }
    }
}
