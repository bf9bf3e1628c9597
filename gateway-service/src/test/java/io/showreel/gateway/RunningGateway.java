package io.showreel.gateway;

import io.showreel.contracts.Topics;
import io.showreel.embedded.KafkaServer;
import io.showreel.embedded.PostgresServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One replica of the real service, over real HTTP. */
final class RunningGateway implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final @Nullable ConfigurableApplicationContext context;
    private final URI address;

    private RunningGateway(@Nullable ConfigurableApplicationContext context, URI address) {
        this.context = context;
        this.address = address;
    }

    /** Replicas share this JVM; the one that closes first must not take the others' event loops along. */
    @Configuration(proxyBeanMethods = false)
    static class OwnResources {
        @Bean
        ReactorResourceFactory reactorResourceFactory() {
            var resources = new ReactorResourceFactory();
            resources.setUseGlobalResources(false);
            return resources;
        }
    }

    static Map<String, Object> settings(PostgresServer.Database database, URI neighbours) {
        var settings = new HashMap<String, Object>();
        settings.put("server.port", 0);
        settings.put("spring.r2dbc.url", database.r2dbcUrl());
        settings.put("spring.r2dbc.username", database.username());
        settings.put("spring.r2dbc.password", database.password());
        settings.put("spring.flyway.url", database.jdbcUrl());
        settings.put("spring.flyway.user", database.username());
        settings.put("spring.flyway.password", database.password());
        settings.put("spring.kafka.bootstrap-servers", KafkaServer.shared().bootstrapServers());
        settings.put("showreel.asset-url", neighbours.toString());
        settings.put("showreel.render-url", neighbours.toString());
        settings.put("showreel.selection-url", neighbours.toString());
        return settings;
    }

    static List<String> arguments(Map<String, ?> settings) {
        return settings.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toList();
    }

    static RunningGateway start(Map<String, ?> settings) {
        declareForeignTopics();
        var context = new SpringApplicationBuilder(GatewayApplication.class, OwnResources.class)
                // The servers end with this JVM too; whoever says good-bye to them then waits in vain.
                .registerShutdownHook(false)
                .run(arguments(settings).toArray(String[]::new));
        return new RunningGateway(
                context,
                URI.create("http://localhost:" + context.getEnvironment().getProperty("local.server.port")));
    }

    /** One that runs elsewhere. */
    static RunningGateway at(URI address) {
        return new RunningGateway(null, address);
    }

    private static void declareForeignTopics() {
        try (var admin =
                Admin.create(Map.of("bootstrap.servers", KafkaServer.shared().bootstrapServers()))) {
            for (var name : List.of(Topics.STORYBOARD_EVENTS, Topics.SCENE_EVENTS, Topics.VIDEO_EVENTS)) {
                try {
                    admin.createTopics(List.of(new NewTopic(name, Topics.PARTITIONS, (short) 1)))
                            .all()
                            .get();
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof TopicExistsException)) {
                        throw new IllegalStateException(e);
                    }
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    <T> T bean(Class<T> type) {
        return Objects.requireNonNull(context, "It runs elsewhere").getBean(type);
    }

    URI uri(String path) {
        return URI.create(address + path);
    }

    Answer get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    Answer post(String path, String body, String... headers) {
        return send("POST", path, body, headers);
    }

    Answer send(String method, String path, String body, String... headers) {
        return sendAsync(method, path, body, headers).join();
    }

    CompletableFuture<Answer> sendAsync(String method, String path, String body, String... headers) {
        var request = HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(60));
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.method(method, HttpRequest.BodyPublishers.ofString(body))
                    .header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray())
                .thenApply(Answer::new);
    }

    @Override
    public void close() {
        if (context != null) {
            context.close();
        }
    }

    record Answer(HttpResponse<byte[]> response) {
        int status() {
            return response.statusCode();
        }

        JsonNode json() {
            return JSON.readTree(response.body());
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse(null);
        }

        String code() {
            return json().path("error").path("code").asString();
        }

        @Override
        public String toString() {
            return status() + " " + new String(response.body(), StandardCharsets.UTF_8);
        }
    }
}
