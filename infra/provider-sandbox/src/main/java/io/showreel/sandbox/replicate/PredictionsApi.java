package io.showreel.sandbox.replicate;

import io.showreel.sandbox.Ids;
import io.showreel.sandbox.Json;
import io.showreel.sandbox.fault.DropAnswer;
import io.showreel.sandbox.fault.Faults;
import io.showreel.sandbox.fault.OutputFault;
import io.showreel.sandbox.fault.RefuseCall;
import io.showreel.sandbox.fault.RunFault;
import io.showreel.sandbox.fault.Target;
import io.showreel.sandbox.http.Refusal;
import io.showreel.sandbox.http.Reply;
import io.showreel.sandbox.http.Request;
import io.showreel.sandbox.http.Routes;
import io.showreel.sandbox.media.WebSource;
import io.showreel.sandbox.model.Catalog;
import io.showreel.sandbox.model.Model;
import io.showreel.sandbox.prediction.Fact;
import io.showreel.sandbox.prediction.Fate;
import io.showreel.sandbox.prediction.Prediction;
import io.showreel.sandbox.prediction.Predictions;
import io.showreel.sandbox.prediction.Runs;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Predictions over HTTP: create, show, list, cancel. */
final class PredictionsApi {
    private static final int PAGE = 100;
    private static final Pattern WAIT = Pattern.compile("wait(?:=(\\d{1,2}))?");
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private final Gate gate;
    private final Catalog catalog;
    private final Predictions predictions;
    private final Runs runs;
    private final Faults faults;
    private final WebSource files;
    private final Views views;
    private final URI api;

    PredictionsApi(
            Gate gate,
            Catalog catalog,
            Predictions predictions,
            Runs runs,
            Faults faults,
            WebSource files,
            Views views,
            URI api) {
        this.gate = gate;
        this.catalog = catalog;
        this.predictions = predictions;
        this.runs = runs;
        this.faults = faults;
        this.files = files;
        this.views = views;
        this.api = api;
    }

    void addTo(Routes routes) {
        routes.on("POST", "/v1/predictions", gate.create(this::createByVersion))
                .on("POST", "/v1/models/{owner}/{name}/predictions", gate.create(this::createByModel))
                .on("GET", "/v1/predictions", gate.other(RefuseCall.Call.LIST, this::list))
                .on("GET", "/v1/predictions/{id}", gate.other(RefuseCall.Call.SHOW, this::show))
                .on("POST", "/v1/predictions/{id}/cancel", gate.other(RefuseCall.Call.CANCEL, this::cancel));
    }

    private Reply createByVersion(Request request, String account) throws IOException, InterruptedException {
        var body = CreateBody.read(request, true);
        var model = catalog.version(body.version()).orElseThrow(Problems::invalidVersion);
        return create(request, account, model, body);
    }

    private Reply createByModel(Request request, String account) throws IOException, InterruptedException {
        var model = catalog.named(request.variable("owner") + "/" + request.variable("name"))
                .filter(Model::isOfficial)
                .orElseThrow(() -> new Refusal(Problems.notFound()));
        return create(request, account, model, CreateBody.read(request, false));
    }

    private Reply create(Request request, String account, Model model, CreateBody body) throws InterruptedException {
        var violations = model.input().violations(body.input());
        if (!violations.isEmpty()) {
            throw Problems.invalid(violations);
        }
        var patience = patience(request);
        var cancelAfter = request.header("cancel-after").map(CancelAfter::parse);
        var id = Ids.random(26);
        var target = new Target(account, model.name(), id);
        gate.refuse(request, RefuseCall.Call.CREATE, target);
        var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        var created = predictions.create(new Fact.Created(
                id,
                now,
                account,
                model.name(),
                model.version(),
                body.input(),
                Ids.sha256(body.input().toString()),
                attempt(account, body).orElse(null),
                body.hook(),
                cancelAfter.map(now::plus).orElse(null),
                model.price(model.complete(body.input())),
                fate(target)));
        runs.launch(created);
        var dropped = faults.strike(DropAnswer.class, target);
        if (dropped.isPresent()) {
            request.struckBy("drop_answer");
            return lost(dropped.get(), created);
        }
        if (patience.isEmpty()) {
            return created(201, created);
        }
        predictions.awaitEnd(created.id(), patience.get());
        var latest = predictions.find(created.id()).orElse(created);
        return created(latest.status().isTerminal() ? 201 : 202, latest);
    }

    private @Nullable Fate fate(Target target) {
        var fate = new Fate(
                faults.strike(RunFault.class, target).orElse(null),
                faults.strike(OutputFault.class, target).orElse(null));
        return fate.equals(Fate.NONE) ? null : fate;
    }

    /** The prediction exists; what its owner hears of that. */
    private Reply lost(DropAnswer fault, Prediction created) throws InterruptedException {
        if (fault.delay() != null) {
            Thread.sleep(fault.delay());
        }
        if (fault.status() != null) {
            return Refusals.page(fault.status());
        }
        return fault.delay() == null ? Reply.severed() : created(201, created);
    }

    private Reply created(int status, Prediction prediction) {
        return Reply.json(status, views.prediction(prediction)).with("Location", views.url(prediction));
    }

    private Reply show(Request request, String account) {
        return Reply.json(200, views.prediction(find(request, account)));
    }

    private Reply cancel(Request request, String account) {
        var found = find(request, account);
        var now = predictions
                .record(new Fact.CancelRequested(found.id(), Instant.now()))
                .orElse(found);
        return Reply.json(200, views.prediction(now));
    }

    private Reply list(Request request, String account) {
        var after = instant(request, "created_after");
        var before = instant(request, "created_before");
        Predicate<Prediction> wanted = prediction -> prediction.account().equals(account)
                && after.map(prediction.created().at()::isAfter).orElse(true)
                && before.map(prediction.created().at()::isBefore).orElse(true);
        int offset = request.query("cursor").flatMap(PredictionsApi::number).orElse(0);
        List<Prediction> page = predictions
                .newestFirst()
                .filter(wanted)
                .skip(offset)
                .limit(PAGE + 1L)
                .toList();
        var body = Json.object();
        body.put("next", page.size() > PAGE ? pageUrl(request, offset + PAGE) : null);
        body.put("previous", offset > 0 ? pageUrl(request, Math.max(0, offset - PAGE)) : null);
        var results = body.putArray("results");
        page.stream().limit(PAGE).forEach(prediction -> results.add(views.row(prediction)));
        return Reply.json(200, body);
    }

    private String pageUrl(Request request, int offset) {
        var filters = Stream.of("created_after", "created_before")
                .flatMap(name -> request.query(name).map(value -> "&" + name + "=" + encoded(value)).stream())
                .reduce("", String::concat);
        return api + "/predictions?cursor=" + offset + filters;
    }

    private Prediction find(Request request, String account) {
        return predictions
                .find(request.variable("id"))
                .filter(prediction -> prediction.account().equals(account))
                .orElseThrow(() -> new Refusal(Problems.notFound()));
    }

    /** The token that ties a prediction to its buyer's attempt: in the webhook, in an input's address, in an upload. */
    private Optional<String> attempt(String account, CreateBody body) {
        var hook = Optional.ofNullable(body.hook()).flatMap(known -> token(known.url()));
        return hook.or(() -> addresses(body)
                        .flatMap(address -> token(address).stream())
                        .findFirst())
                .or(() -> addresses(body)
                        .flatMap(address -> files.upload(account, address).stream())
                        .flatMap(upload -> upload.attempt().stream())
                        .findFirst());
    }

    private static Stream<String> addresses(CreateBody body) {
        return body.input().values().stream()
                .filter(JsonNode::isString)
                .map(JsonNode::asString)
                .filter(text -> text.startsWith("http"));
    }

    private static Optional<String> token(String address) {
        int query = address.indexOf('?');
        return query < 0 ? Optional.empty() : Request.query(address.substring(query + 1), "att");
    }

    private static Optional<Duration> patience(Request request) {
        return request.header("prefer")
                .map(WAIT::matcher)
                .filter(Matcher::matches)
                .map(matcher -> {
                    @Nullable String seconds = matcher.group(1);
                    var wanted =
                            seconds == null ? LONGEST_WAIT : Duration.ofSeconds(Math.max(1, Long.parseLong(seconds)));
                    return wanted.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wanted;
                });
    }

    private static Optional<Instant> instant(Request request, String name) {
        return request.query(name).map(text -> {
            try {
                return OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
            } catch (DateTimeException e) {
                throw Problems.malformed(name + " is not an ISO 8601 time");
            }
        });
    }

    private static Optional<Integer> number(String text) {
        return text.matches("\\d{1,8}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
