package io.showreel.stitch.cutting.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.showreel.observability.tracing.Spans;
import io.showreel.stitch.cutting.Editor.StoppedException;
import io.showreel.stitch.cutting.Editor.Urgency;
import io.showreel.stitch.cutting.NoSpaceException;
import io.showreel.stitch.cutting.ffmpeg.Ffmpeg.FfmpegFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** How processes are bounded, with shell scripts in FFmpeg's place. */
class FfmpegTest {

    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    @Test
    void a_process_out_of_time_is_ended() throws Exception {
        try (var ffmpeg = ffmpeg("echo $$ > pid; exec sleep 600", Duration.ofSeconds(1), 1)) {
            assertThatThrownBy(() -> run(ffmpeg))
                    .isInstanceOf(FfmpegFailedException.class)
                    .hasMessageContaining("was not done within PT1S");
        }
        var pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
        assertThat(ProcessHandle.of(pid)).isEmpty();
    }

    @Test
    void no_more_processes_run_at_once_than_are_allowed() throws Exception {
        var script = "touch running-$$; ls | grep -c running- >> counts; sleep 0.1; rm running-$$";
        try (var ffmpeg = ffmpeg(script, LONG, 2)) {
            Parallel.map(IntStream.range(0, 8).boxed().toList(), i -> run(ffmpeg));
        }

        assertThat(Files.readAllLines(folder.resolve("counts")))
                .hasSize(8)
                .allSatisfy(count -> assertThat(Integer.parseInt(count)).isBetween(1, 2));
    }

    @Test
    void what_nobody_waits_for_has_the_lowest_priority_and_gives_way_to_a_film() throws Exception {
        var script = """
                if [ $(nice) = 19 ]; then echo $$ > idle; exec sleep 600; fi
                while kill -0 $(cat idle); do sleep 0.1; done""";
        try (var ffmpeg = ffmpeg(script, Duration.ofSeconds(30), 1);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var idle = threads.submit(() -> run(ffmpeg, Urgency.IDLE));
            await().until(() -> Files.exists(folder.resolve("idle")));

            run(ffmpeg, Urgency.WANTED);

            assertThatThrownBy(idle::get).hasCauseInstanceOf(StoppedException.class);
        }
    }

    @Test
    void a_process_can_address_no_more_memory_than_it_is_given() throws Exception {
        try (var ffmpeg = ffmpeg("ulimit -v >&2", LONG, 1)) {
            assertThat(run(ffmpeg).complaints()).isEqualTo(Long.toString(3 << 20));
        }
    }

    @Test
    void a_process_that_is_killed_says_nothing_about_the_material() throws Exception {
        try (var ffmpeg = ffmpeg("kill -9 $$", LONG, 1)) {
            assertThatThrownBy(() -> run(ffmpeg)).isInstanceOf(FfmpegFailedException.class);
        }
    }

    @Test
    void a_disk_that_runs_full_meanwhile_is_told_from_a_failure() throws Exception {
        try (var ffmpeg = ffmpeg("echo 'av_interleaved_write_frame(): No space left on device' >&2; exit 1", LONG, 1)) {
            assertThatThrownBy(() -> run(ffmpeg)).isInstanceOf(NoSpaceException.class);
        }
    }

    private Ffmpeg.Result run(Ffmpeg ffmpeg) throws IOException, InterruptedException {
        return run(ffmpeg, Urgency.WANTED);
    }

    private Ffmpeg.Result run(Ffmpeg ffmpeg, Urgency urgency) throws IOException, InterruptedException {
        return ffmpeg.run(folder, urgency, frames -> {}, List.of());
    }

    private Ffmpeg ffmpeg(String script, Duration timeout, int processes) throws IOException {
        var program = Files.writeString(folder.resolve("program"), "#!/bin/sh\n" + script + "\n");
        program.toFile().setExecutable(true);
        return new Ffmpeg(program.toString(), timeout, processes, DataSize.ofGigabytes(3), Spans.NONE);
    }
}
