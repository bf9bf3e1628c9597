package io.showreel.selection.storyboard.grok;

import io.showreel.selection.storyboard.Deadline;
import io.showreel.selection.storyboard.StorytellerException;
import io.showreel.selection.storyboard.grok.XaiFailure.Kind;
import io.showreel.selection.storyboard.grok.XaiSettings.Prices;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * The calls of xAI that we make. An answer costs tokens only, so what failed or was refused for the moment is sent
 * again, as long as the deadline allows.
 */
@Component
class XaiClient {

    private static final Logger log = LoggerFactory.getLogger(XaiClient.class);
    private static final long LARGEST_ANSWER = 4L * 1024 * 1024;

    static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private final XaiSettings settings;
    /** Never closed: a shutdown must not look like an outage of xAI, which the fallback would answer. */
    private final HttpClient http;

    XaiClient(XaiSettings settings) {
        this.settings = settings;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.connectTimeout())
                .build();
    }

    private sealed interface Outcome<T> {}

    private record Answered<T>(T answer) implements Outcome<T> {}

    private record Failed<T>(XaiFailure failure) implements Outcome<T> {}

    /** @param conversation the same for all that is asked about one thing, which lets xAI reuse what it has read */
    ChatReply complete(String conversation, ChatRequest request, Deadline deadline)
            throws StorytellerException, InterruptedException {
        var post = HttpRequest.newBuilder(settings.at("/chat/completions"))
                .header("Content-Type", "application/json")
                .header("x-grok-conv-id", conversation)
                .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(request)));
        return exchange(post, ChatReply.class, deadline);
    }

    List<String> models() throws StorytellerException, InterruptedException {
        var get = HttpRequest.newBuilder(settings.at("/models")).GET();
        return exchange(get, Models.class, Deadline.in(settings.requestTimeout()))
                .names();
    }

    /** By each name of a model; without those that xAI tells no prices of. */
    Map<String, Prices> prices() throws StorytellerException, InterruptedException {
        var get = HttpRequest.newBuilder(settings.at("/language-models")).GET();
        var listed = exchange(get, PricedModels.class, Deadline.in(settings.requestTimeout()));
        var prices = new HashMap<String, Prices>();
        for (var model : listed.models() == null ? List.<PricedModel>of() : listed.models()) {
            model.prices().ifPresent(known -> model.names().forEach(name -> prices.put(name, known)));
        }
        return prices;
    }

    private <T> T exchange(HttpRequest.Builder request, Class<T> type, Deadline deadline)
            throws StorytellerException, InterruptedException {
        var call = request.header("Accept", "application/json")
                .header("Authorization", "Bearer " + settings.key().value())
                .build();
        for (var attempt = 1; ; attempt++) {
            switch (send(call, type, deadline)) {
                case Answered<T> answered -> {
                    return answered.answer();
                }
                case Failed<T> failed -> pauseAfter(failed.failure(), attempt, deadline);
            }
        }
    }

    private void pauseAfter(XaiFailure failure, int attempt, Deadline deadline)
            throws StorytellerException, InterruptedException {
        var pause = pause(failure, attempt);
        if (attempt >= tries(failure.kind()) || !deadline.allows(pause)) {
            throw failure.asException();
        }
        log.warn("{}; trying again in {} ms", failure.detail(), pause.toMillis());
        Thread.sleep(pause);
    }

    /** Not with the request's own timeout, which would leave out the time that the body takes. */
    private <T> Outcome<T> send(HttpRequest request, Class<T> type, Deadline deadline) throws InterruptedException {
        var time = min(settings.requestTimeout(), deadline.remaining());
        var exchange = http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofString(), LARGEST_ANSWER));
        try {
            var response = exchange.get(time.toNanos(), TimeUnit.NANOSECONDS);
            return response.statusCode() / 100 == 2
                    ? new Answered<>(JSON.readValue(response.body(), type))
                    : new Failed<>(failure(response));
        } catch (JacksonException e) {
            return new Failed<>(XaiFailure.unavailable("the answer is not the JSON that is documented"));
        } catch (TimeoutException e) {
            return new Failed<>(XaiFailure.unavailable("no answer within " + time.toMillis() + " ms"));
        } catch (ExecutionException e) {
            return new Failed<>(XaiFailure.unavailable(String.valueOf(e.getCause())));
        } finally {
            exchange.cancel(true);
        }
    }

    private static XaiFailure failure(HttpResponse<String> response) {
        return XaiFailure.of(response.statusCode(), response.headers(), response.body());
    }

    private int tries(Kind kind) {
        return switch (kind) {
            case THROTTLED -> settings.retry().throttled();
            case UNAVAILABLE -> settings.retry().unavailable();
            case AUTH, BILLING, MODEL, QUOTA, REJECTED -> 1;
        };
    }

    private Duration pause(XaiFailure failure, int attempt) {
        var asked = failure.retryAfter();
        if (asked != null) {
            return asked;
        }
        var retry = settings.retry();
        var doubled = min(retry.longestPause(), retry.firstPause().multipliedBy(1L << Math.min(attempt - 1, 16)));
        return Duration.ofMillis(
                Math.round(doubled.toMillis() * ThreadLocalRandom.current().nextDouble(0.5, 1.0)));
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private record Models(@Nullable List<Model> data) {

        List<String> names() {
            return data == null
                    ? List.of()
                    : data.stream().flatMap(Model::names).toList();
        }
    }

    private record PricedModels(@Nullable List<PricedModel> models) {}

    /** Prices in cents for a hundred million tokens. */
    private record PricedModel(
            String id,
            @Nullable List<String> aliases,
            @Nullable BigDecimal promptTextTokenPrice,
            @Nullable BigDecimal cachedPromptTextTokenPrice,
            @Nullable BigDecimal completionTextTokenPrice) {

        private static final int CENTS_OF_A_HUNDRED_MILLION_AS_POWER_OF_TEN = 4;

        Stream<String> names() {
            return new Model(id, aliases).names();
        }

        Optional<Prices> prices() {
            if (promptTextTokenPrice == null
                    || cachedPromptTextTokenPrice == null
                    || completionTextTokenPrice == null) {
                return Optional.empty();
            }
            return Optional.of(new Prices(
                    usd(promptTextTokenPrice), usd(cachedPromptTextTokenPrice), usd(completionTextTokenPrice)));
        }

        private static BigDecimal usd(BigDecimal listed) {
            return listed.movePointLeft(CENTS_OF_A_HUNDRED_MILLION_AS_POWER_OF_TEN);
        }
    }

    private record Model(String id, @Nullable List<String> aliases) {

        Stream<String> names() {
            return Stream.concat(Stream.of(id), aliases == null ? Stream.empty() : aliases.stream());
        }
    }
}
