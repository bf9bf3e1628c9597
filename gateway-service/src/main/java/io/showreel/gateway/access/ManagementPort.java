package io.showreel.gateway.access;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * Where health and metrics are served if not beside the API. Filters see its requests, too; they hold nobody up there, as
 * that port is not published.
 */
@Component
class ManagementPort {

    private final int port;

    ManagementPort(@Value("${management.server.port:0}") int port) {
        this.port = port;
    }

    boolean received(ServerWebExchange exchange) {
        var local = exchange.getRequest().getLocalAddress();
        return port > 0 && local != null && local.getPort() == port;
    }
}
