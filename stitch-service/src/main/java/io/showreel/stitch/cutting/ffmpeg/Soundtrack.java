package io.showreel.stitch.cutting.ffmpeg;

import static io.showreel.stitch.editing.HouseFormat.FRAMES_PER_SECOND;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The sound of a film: music that steps back for the voices, faded out, made as loud as broadcast on the web expects,
 * exactly as long as the pictures.
 *
 * @param music repeated if it is shorter than the film; null for none
 * @param fade of the music at the end
 */
record Soundtrack(@Nullable Path music, List<Spoken> voices, Duration fade, int frames) {

    private static final int SAMPLES_PER_FRAME = 2000;
    private static final double FADE_IN = 0.5;
    private static final String STEREO = "aresample=48000,aformat=sample_fmts=fltp:channel_layouts=stereo";

    /** @param start frame of the film that it begins at */
    record Spoken(Path file, int start) {}

    Soundtrack {
        voices = List.copyOf(voices);
    }

    boolean isSilent() {
        return music == null && voices.isEmpty();
    }

    List<String> command(Path output) {
        var command = Arguments.saying("warning");
        if (music != null) {
            command.with("-stream_loop", "-1").input(music);
        }
        voices.forEach(voice -> command.input(voice.file()));
        return command.with("-filter_complex", graph(), "-map", "[sound]", "-c:a", "aac", "-b:a", "192k")
                .with("-map_metadata", "-1", "-fflags", "+bitexact", "-flags:a", "+bitexact")
                .to(output);
    }

    String graph() {
        var chains = new ArrayList<String>();
        if (music != null) {
            chains.add("[0:a:0]%s,%s[music]".formatted(STEREO, musicChain()));
        }
        for (int i = 0; i < voices.size(); i++) {
            chains.add("[%d:a:0]%s,adelay=%d:all=1,apad=whole_dur=%s,atrim=0:%4$s[voice%d]"
                    .formatted(
                            music == null ? i : i + 1,
                            STEREO,
                            voices.get(i).start() * 1000L / FRAMES_PER_SECOND,
                            seconds(),
                            i));
        }
        if (!voices.isEmpty()) {
            chains.add("%samix=inputs=%d:normalize=0:duration=longest[voices]".formatted(labels(), voices.size()));
        }
        chains.add(mixed() + finish());
        return String.join(";", chains);
    }

    private String mixed() {
        if (music == null) {
            return "[voices]";
        }
        if (voices.isEmpty()) {
            return "[music]";
        }
        return "[voices]asplit=2[said][key];"
                + "[music][key]sidechaincompress=threshold=0.03:ratio=8:attack=20:release=400[ducked];"
                + "[ducked][said]amix=inputs=2:normalize=0:duration=first,";
    }

    private String musicChain() {
        double whole = frames / (double) FRAMES_PER_SECOND;
        double out = Math.min(fade.toMillis() / 1000.0, whole / 2);
        var chain = "atrim=0:%s,asetpts=PTS-STARTPTS,afade=t=in:d=%s"
                .formatted(seconds(), decimal(Math.min(FADE_IN, whole / 4)));
        return out > 0 ? chain + ",afade=t=out:st=%s:d=%s".formatted(decimal(whole - out), decimal(out)) : chain;
    }

    private String finish() {
        long samples = (long) frames * SAMPLES_PER_FRAME;
        return "loudnorm=I=-14:TP=-1.5:LRA=11,%s,apad=whole_len=%d,atrim=end_sample=%2$d[sound]"
                .formatted(STEREO, samples);
    }

    private String labels() {
        var labels = new StringBuilder();
        for (int i = 0; i < voices.size(); i++) {
            labels.append("[voice").append(i).append(']');
        }
        return labels.toString();
    }

    private String seconds() {
        return decimal(frames / (double) FRAMES_PER_SECOND);
    }

    private static String decimal(double seconds) {
        return String.format(Locale.ROOT, "%.6f", seconds);
    }
}
