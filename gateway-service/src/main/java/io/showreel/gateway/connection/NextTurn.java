package io.showreel.gateway.connection;

import java.util.concurrent.Executor;
import org.springframework.boot.webflux.autoconfigure.WebHttpHandlerBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.reactive.AbstractServerHttpRequest;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.Connection;

/**
 * Handles each request in its event loop's next turn, never while the connection is still being read. Reactor Netty
 * 1.3.6 stops reading a kept-alive connection for good when a request that had to queue behind its predecessor is
 * answered at once (reactor-netty issue 4361), which is what happens to polls that come from the cache.
 */
@Configuration(proxyBeanMethods = false)
class NextTurn {

    @Bean
    WebHttpHandlerBuilderCustomizer handlesInTheNextTurn() {
        return builder -> builder.httpHandlerDecorator(NextTurn::later);
    }

    private static HttpHandler later(HttpHandler handler) {
        return (request, response) ->
                Mono.defer(() -> handler.handle(request, response)).subscribeOn(Schedulers.fromExecutor(turn(request)));
    }

    private static Executor turn(ServerHttpRequest request) {
        Connection connection = ((AbstractServerHttpRequest) request).getNativeRequest();
        return connection.channel().eventLoop();
    }
}
