package io.showreel.render.model;

import io.showreel.messaging.WireJson;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

@Configuration(proxyBeanMethods = false)
class ModelRoutes {

    @Bean
    RouterFunction<ServerResponse> modelCatalogue(Models models) {
        return RouterFunctions.route()
                .GET("/internal/models", request -> ServerResponse.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue(WireJson.mapper().writeValueAsBytes(models.all())))
                .build();
    }
}
