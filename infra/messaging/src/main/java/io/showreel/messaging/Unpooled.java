package io.showreel.messaging;

import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Wrapped;

/** Connections that live as long as their user, and neither wait for the pool's nor take one of them. */
public final class Unpooled {

    private Unpooled() {}

    /** What the pool gets its connections from. */
    public static ConnectionFactory of(ConnectionFactory factory) {
        return factory instanceof Wrapped<?> wrapper && wrapper.unwrap() instanceof ConnectionFactory wrapped
                ? of(wrapped)
                : factory;
    }
}
