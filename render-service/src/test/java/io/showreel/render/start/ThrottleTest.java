package io.showreel.render.start;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.showreel.render.RenderDatabase;
import io.showreel.render.account.AccountSettings;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ThrottleTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private HikariDataSource source;
    private Throttle throttle;

    @BeforeEach
    void connect() {
        var database = RenderDatabase.create();
        source =
                new ThrottleDatabase().throttleDataSource(database.jdbcUrl(), database.username(), database.password());
        var settings = new Binder(new MapConfigurationPropertySource(Map.of()))
                .bindOrCreate("showreel.account", AccountSettings.class);
        throttle = new Throttle(settings, source, new SimpleMeterRegistry());
    }

    @AfterEach
    void disconnect() {
        source.close();
    }

    @Test
    void time_counts_for_the_first_start_as_soon_as_the_account_is_open() throws Exception {
        throttle.open("one", HOUR);

        assertThat(buckets()).isEqualTo(1);
        assertThat(throttle.tryStart("one", HOUR)).isPositive().isLessThanOrEqualTo(HOUR);
        assertThat(buckets()).isEqualTo(1);
    }

    @Test
    void to_open_an_account_again_takes_and_gives_nothing() throws Exception {
        var pace = Duration.ofNanos(1);
        throttle.open("one", pace);
        throttle.open("one", pace);

        assertThat(throttle.tryStart("one", pace)).isZero();
        throttle.open("two", HOUR);
        throttle.open("two", HOUR);
        assertThat(throttle.tryStart("two", HOUR)).isPositive();
    }

    @Test
    void without_a_pace_there_is_nothing_to_wait_for() throws Exception {
        throttle.open("one", Duration.ZERO);

        assertThat(throttle.tryStart("one", Duration.ZERO)).isZero();
        assertThat(buckets()).isZero();
    }

    private long buckets() throws SQLException {
        try (var connection = source.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from rate_bucket")) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
