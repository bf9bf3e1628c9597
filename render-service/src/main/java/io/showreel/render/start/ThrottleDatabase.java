package io.showreel.render.start;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.boot.flyway.autoconfigure.FlywayProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The one use of JDBC besides Flyway: the token bucket knows nothing else. */
@Configuration(proxyBeanMethods = false)
class ThrottleDatabase {

    /** No default candidate, or Spring would give up the reactive transactions for it. */
    @Bean(defaultCandidate = false)
    HikariDataSource throttleDataSource(FlywayProperties flyway) {
        var source = new HikariDataSource();
        source.setPoolName("throttle");
        source.setJdbcUrl(flyway.getUrl());
        source.setUsername(flyway.getUser());
        source.setPassword(flyway.getPassword());
        source.setMaximumPoolSize(Throttle.CONNECTIONS);
        source.setConnectionTimeout(5_000);
        return source;
    }
}
