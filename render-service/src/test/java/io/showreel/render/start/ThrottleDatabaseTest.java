package io.showreel.render.start;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.flyway.autoconfigure.FlywayProperties;

class ThrottleDatabaseTest {

    @Test
    void a_database_that_falls_silent_is_noticed() {
        var flyway = new FlywayProperties();
        flyway.setUrl("jdbc:postgresql://localhost:1/render");
        try (var source = new ThrottleDatabase().throttleDataSource(flyway)) {
            assertThat(source.getDataSourceProperties())
                    .containsKeys("connectTimeout", "socketTimeout")
                    .containsEntry("tcpKeepAlive", true);
        }
    }
}
