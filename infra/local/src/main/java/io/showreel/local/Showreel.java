package io.showreel.local;

import io.showreel.embedded.Ffmpeg;
import io.showreel.embedded.FfmpegTools;
import io.showreel.local.platform.Platform;
import io.showreel.local.sample.SampleFailure;
import io.showreel.local.sample.SampleJob;
import io.showreel.local.supervision.Backoff;
import io.showreel.local.supervision.InstanceLock;
import io.showreel.local.supervision.PidFiles;
import io.showreel.local.supervision.StartFailure;
import io.showreel.local.supervision.Supervisor;
import io.showreel.local.terminal.Terminal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** Starts all of Showreel on this machine, films the sample campaign, and keeps everything running until Ctrl-C. */
public final class Showreel {

    private static final Duration TO_START = Duration.ofMinutes(4);
    private static final int FAILED = 1;
    private static final int CANNOT_START = 2;

    private final Settings settings;
    private final Terminal terminal;

    private Showreel(Settings settings, Terminal terminal) {
        this.settings = settings;
        this.terminal = terminal;
    }

    public static void main(String[] arguments) throws InterruptedException {
        var terminal = Terminal.ofThisProcess();
        try {
            var settings = Settings.read(System.getenv(), Path.of("").toAbsolutePath());
            System.exit(new Showreel(settings, terminal).run());
        } catch (StartFailure | IllegalArgumentException | IllegalStateException e) {
            terminal.say("Showreel can't start: %s", e.getMessage());
            System.exit(CANNOT_START);
        }
    }

    private int run() throws InterruptedException {
        try (var lock = InstanceLock.take(settings.home())
                .orElseThrow(() -> new StartFailure("it runs already over %s (process %s)"
                        .formatted(settings.home(), InstanceLock.holder(settings.home()))))) {
            return runAlone();
        }
    }

    private int runAlone() throws InterruptedException {
        var ffmpeg = FfmpegTools.find();
        greet(ffmpeg);
        var left = new PidFiles(settings.home()).endLeftovers();
        if (!left.isEmpty()) {
            terminal.say("Ended what an earlier run left: %s", String.join(", ", left));
        }
        var taken = Platform.takenPorts(settings);
        if (!taken.isEmpty()) {
            throw new StartFailure(String.join("; ", taken));
        }
        var log = new StartLog(settings.home(), terminal);
        var platform = new Platform(settings, ffmpeg);
        try (var supervisor = new Supervisor(settings.home(), Backoff.DEFAULT, log);
                var training = platform.training()) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                log.stopping();
                training.close();
                supervisor.close();
            }));
            var parts = platform.parts();
            platform.forgetEarlierBuilds();
            log.starting(parts);
            supervisor.start(parts);
            supervisor.awaitReady(TO_START);
            log.allReady(parts.size(), supervisor.running());
            var made = !settings.sample() || film(ffmpeg);
            if (settings.exitAfterSample()) {
                return made ? 0 : FAILED;
            }
            training.start(() -> terminal.say("Later starts will be faster: their ahead-of-time caches are ready."));
            Thread.currentThread().join();
            return 0;
        }
    }

    private void greet(Ffmpeg ffmpeg) {
        terminal.say("Showreel: data, logs and pid files are in %s", settings.home());
        terminal.say(
                "  providers  Replicate: %s, xAI: %s",
                settings.has("REPLICATE_API_KEY") ? "the real one, at its price" : "sandbox",
                settings.has("XAI_API_KEY") ? "the real one, at its price" : "sandbox");
        terminal.say("  ffmpeg     %s (%s)", ffmpeg.version(), ffmpeg.ffmpeg());
    }

    /** False if there is no film, or not as it should be. */
    private boolean film(Ffmpeg ffmpeg) {
        terminal.say("");
        terminal.say("Filming the sample campaign");
        try {
            var film = settings.home().resolve("sample/mountain-retreat.mp4");
            var outcome = new SampleJob(gateway(), ffmpeg.ffmpeg(), film, terminal).run();
            if (!settings.exitAfterSample()) {
                invite(outcome);
            }
            return true;
        } catch (SampleFailure e) {
            terminal.say("The sample failed: %s", e.getMessage());
            terminal.say("The logs are in %s", settings.home().resolve("logs"));
            return false;
        }
    }

    private void invite(SampleJob.Outcome outcome) {
        terminal.say("");
        terminal.say("Showreel is up:");
        terminal.say("  API        %s/api/v3/jobs", gateway());
        terminal.say("  this job   %s/api/v3/jobs/%d", gateway(), outcome.jobId());
        terminal.say("  its film   %s/api/v3/videos/%d/combined", gateway(), outcome.jobId());
        terminal.say("  health     %s/actuator/health", gateway());
        if (settings.sandbox()) {
            terminal.say("  ledger     http://localhost:%d/_sandbox/ledger", settings.port("sandbox"));
        }
        terminal.say("The next job, approved by itself:");
        terminal.say(
                "  curl -s -X POST %s/api/v3/campaigns/%s/create-job -H 'Content-Type: application/json' "
                        + "-d '{\"num_scenes\": 4, \"clip_duration\": 4, \"auto_approve\": true}'",
                gateway(), outcome.campaignId());
        terminal.say("Ctrl-C ends everything.");
    }

    private URI gateway() {
        return URI.create("http://localhost:" + settings.port("gateway"));
    }
}
