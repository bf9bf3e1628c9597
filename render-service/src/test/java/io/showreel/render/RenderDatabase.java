package io.showreel.render;

import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.showreel.embedded.PostgresServer;
import org.flywaydb.core.Flyway;

/** A fresh database with render-service's tables. */
public final class RenderDatabase {

    private RenderDatabase() {}

    public static PostgresServer.Database create() {
        var fresh = PostgresServer.shared().createDatabase("render");
        Flyway.configure()
                .dataSource(fresh.jdbcUrl(), fresh.username(), fresh.password())
                .locations("classpath:db/messaging", "classpath:db/migration")
                .load()
                .migrate();
        return fresh;
    }

    public static ConnectionFactory connections() {
        var fresh = create();
        return ConnectionFactories.get(ConnectionFactoryOptions.parse(fresh.r2dbcUrl())
                .mutate()
                .option(ConnectionFactoryOptions.USER, fresh.username())
                .option(ConnectionFactoryOptions.PASSWORD, fresh.password())
                .build());
    }
}
