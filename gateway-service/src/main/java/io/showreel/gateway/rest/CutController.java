package io.showreel.gateway.rest;

import io.showreel.gateway.job.Command;
import io.showreel.gateway.job.Ids;
import io.showreel.gateway.job.JobSettings;
import io.showreel.gateway.job.KeptCuts;
import io.showreel.gateway.rest.JobCommands.Request;
import io.showreel.gateway.rest.Requests.Money;
import io.showreel.gateway.rest.Requests.NewRendition;
import io.showreel.gateway.rest.Requests.Resolution;
import io.showreel.gateway.rest.Views.JobView;
import io.showreel.gateway.rest.Views.RevisionList;
import io.showreel.web.JsonBody;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Cuts over HTTP: the film anew, an earlier one again, or in another shape. */
@RestController
@RequestMapping(Portrait.API + "/jobs/{jobId}")
class CutController {

    private final JobCommands commands;
    private final KeptCuts kept;
    private final Portrait portrait;
    private final JobSettings settings;
    private final Clock clock;

    CutController(JobCommands commands, KeptCuts kept, Portrait portrait, JobSettings settings, Clock clock) {
        this.commands = commands;
        this.kept = kept;
        this.portrait = portrait;
        this.settings = settings;
        this.clock = clock;
    }

    /** With everything that was changed; only changed paid inputs are rendered. */
    @PostMapping("/cut")
    Mono<ResponseEntity<JobView>> cut(
            @PathVariable long jobId, @RequestBody(required = false) @Nullable Money body, ServerWebExchange exchange) {
        var money = body == null ? Money.UNSAID : body;
        return commands.execute(
                        Request.of(jobId, money, exchange),
                        job -> new Command.Recut(
                                money.maxCost(),
                                JobCommands.freshTakes(job),
                                clock.instant().plus(settings.cutTime())))
                .map(commands::job);
    }

    /** Films that can be watched and returned to, the newest first. */
    @GetMapping("/revisions")
    Mono<RevisionList> revisions(@PathVariable long jobId, ServerWebExchange exchange) {
        return commands.visible(jobId, exchange)
                .flatMap(job -> kept.of(jobId).map(cuts -> portrait.revisions(job, cuts)));
    }

    /** The same film again as a new, higher revision. */
    @PostMapping("/revisions/{revision}/restore")
    Mono<ResponseEntity<JobView>> restore(
            @PathVariable long jobId, @PathVariable int revision, ServerWebExchange exchange) {
        return commands.executeKnowing(
                        Request.of(jobId, Map.of(), exchange), (job, earlier) -> new Command.Restore(revision, earlier))
                .map(commands::job);
    }

    /** The served film in another shape, from the same clips; listed on the job. */
    @PostMapping("/renditions")
    Mono<ResponseEntity<JobView>> render(
            @PathVariable long jobId, @RequestBody NewRendition body, ServerWebExchange exchange) {
        var asked = JsonBody.check(body);
        var id = Ids.next();
        return commands.executeKnowing(
                        Request.of(jobId, asked, exchange),
                        (job, earlier) -> new Command.Render(id, asked.aspectRatio(), earlier))
                .map(commands::job);
    }

    /** A person's word on a take of which nobody can tell whether it was paid. */
    @PostMapping("/takes/{takeId}/resolve")
    Mono<ResponseEntity<JobView>> resolve(
            @PathVariable long jobId,
            @PathVariable UUID takeId,
            @RequestBody Resolution body,
            ServerWebExchange exchange) {
        var asked = JsonBody.check(body);
        return commands.execute(Request.of(jobId, asked, exchange), job -> new Command.Resolve(takeId, asked.paid()))
                .map(commands::job);
    }
}
