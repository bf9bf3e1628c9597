package io.showreel.render.start;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The one use of JDBC besides Flyway: the token bucket knows nothing else. */
@Configuration(proxyBeanMethods = false)
class ThrottleDatabase {

    private static final int SECONDS_TO_CONNECT = 5;
    private static final int SECONDS_TO_ANSWER = 10;

    /** No default candidate, or Spring would give up the reactive transactions for it. */
    @Bean(defaultCandidate = false)
    HikariDataSource throttleDataSource(
            @Value("${spring.flyway.url}") String url,
            @Value("${spring.flyway.user}") String user,
            @Value("${spring.flyway.password}") String password) {
        var source = new HikariDataSource();
        source.setPoolName("throttle");
        source.setJdbcUrl(url);
        source.setUsername(user);
        source.setPassword(password);
        source.setMaximumPoolSize(Throttle.CONNECTIONS);
        source.setConnectionTimeout(SECONDS_TO_CONNECT * 1000L);
        // A database that went away without a word must not hold up submissions for ever.
        source.addDataSourceProperty("connectTimeout", SECONDS_TO_CONNECT);
        source.addDataSourceProperty("socketTimeout", SECONDS_TO_ANSWER);
        source.addDataSourceProperty("tcpKeepAlive", true);
        return source;
    }
}
