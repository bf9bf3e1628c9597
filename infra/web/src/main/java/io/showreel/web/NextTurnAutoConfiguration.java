package io.showreel.web;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.webflux.autoconfigure.WebHttpHandlerBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.http.server.reactive.AbstractServerHttpRequest;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.Connection;

/**
 * Handles each request in its event loop's next turn, never while the connection is still being read. Reactor Netty
 * 1.3.6 stops reading a kept-alive connection for good when a request that had to queue behind its predecessor is
 * answered at once (reactor-netty issue 4361), which is what happens to answers that come from a cache.
 */
@AutoConfiguration
@ConditionalOnClass(Connection.class)
public class NextTurnAutoConfiguration {

    @Bean
    WebHttpHandlerBuilderCustomizer handlesInTheNextTurn() {
        return builder -> builder.httpHandlerDecorator(NextTurnAutoConfiguration::later);
    }

    private static HttpHandler later(HttpHandler handler) {
        return (request, response) -> {
            var handled = Mono.defer(() -> handler.handle(request, response));
            return nativeRequest(request) instanceof Connection connection
                    ? handled.subscribeOn(
                            Schedulers.fromExecutor(connection.channel().eventLoop()))
                    : handled;
        };
    }

    /** What the server made the request from; the request itself if it was made by nobody's server. */
    private static Object nativeRequest(ServerHttpRequest request) {
        return request instanceof AbstractServerHttpRequest served ? served.<Object>getNativeRequest() : request;
    }
}
