package io.showreel.gateway.live;

import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;
import org.springframework.stereotype.Component;

/** Opens connections outside the pool, for those who keep theirs. Not a bean of the driver's type: there is one pool. */
@Component
class OwnConnections {

    private final ConnectionFactory factory;

    OwnConnections(R2dbcConnectionDetails details) {
        this.factory = ConnectionFactories.get(details.getConnectionFactoryOptions());
    }

    ConnectionFactory factory() {
        return factory;
    }
}
