package io.showreel.render.start;

import io.showreel.contracts.scene.SceneRequest.TakeInput;
import io.showreel.objects.ObjectNotFoundException;
import io.showreel.objects.ObjectStoreException;
import io.showreel.render.frame.PhotoFrames;
import io.showreel.render.frame.UnreadablePhotoException;
import io.showreel.render.model.Model;
import io.showreel.render.scratch.Scratch;
import io.showreel.render.studio.Answer;
import io.showreel.render.studio.Order;
import io.showreel.render.studio.Studio;
import io.showreel.render.studio.Studio.Upload;
import io.showreel.render.take.Entry;
import io.showreel.render.take.TakeErrands;
import io.showreel.render.take.Trace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/** Makes a take ready for its submission: its frames lie with the provider, marked with the attempt's token. */
@Component
class Preparation {

    private final PhotoFrames frames;
    private final Scratch scratch;
    private final Studio studio;
    private final Throttle throttle;
    private final Brake brake;
    private final TakeErrands errands;
    private final InstantSource clock;

    Preparation(
            PhotoFrames frames,
            Scratch scratch,
            Studio studio,
            Throttle throttle,
            Brake brake,
            TakeErrands errands,
            InstantSource clock) {
        this.frames = frames;
        this.scratch = scratch;
        this.studio = studio;
        this.throttle = throttle;
        this.brake = brake;
        this.errands = errands;
        this.clock = clock;
    }

    /** @param model that is to render it */
    Prepared prepare(Entry entry, Model model) throws InterruptedException {
        try (var ignored = errands.begin("prepare take", entry.takeId())) {
            return prepareNow(entry, model);
        }
    }

    private Prepared prepareNow(Entry entry, Model model) throws InterruptedException {
        var input = entry.input();
        var objection = model.objection(input);
        if (objection != null) {
            return new Prepared.Unsuitable(objection);
        }
        try {
            var token = UUID.randomUUID();
            var uploads = upload(entry, model, token);
            return ready(input, model, token, uploads);
        } catch (NotUploaded e) {
            return e.prepared;
        } catch (UnreadablePhotoException e) {
            return new Prepared.Unsuitable(e.toString());
        } catch (ObjectNotFoundException e) {
            return new Prepared.Unsuitable("The photo is gone: " + e.object());
        } catch (ObjectStoreException | IOException | UncheckedIOException e) {
            return new Prepared.NotNow(e.toString());
        }
    }

    private Prepared ready(TakeInput input, Model model, UUID token, List<Upload> uploads) {
        var first = uploads.isEmpty() ? null : uploads.getFirst().url();
        var last = uploads.size() < 2 ? null : uploads.getLast().url();
        var seed = (int) (token.getLeastSignificantBits() & Integer.MAX_VALUE);
        var sent = model.input(input, first, last, seed);
        var marks = uploads.stream().map(Upload::id).toList();
        var unique = !marks.isEmpty() || model.inputs().seed() != null;
        return new Prepared.Ready(
                new Order(token, model.submittedAs(), sent),
                new Trace(token, marks, unique, sent),
                model.name(),
                model.price(input),
                clock.instant());
    }

    private List<Upload> upload(Entry entry, Model model, UUID token)
            throws IOException, UnreadablePhotoException, NotUploaded, InterruptedException {
        var input = entry.input();
        var photos = new ArrayList<URI>();
        addIfPresent(photos, input.firstFrame());
        addIfPresent(photos, model.takesLastFrame() ? input.lastFrame() : null);
        var uploads = new ArrayList<Upload>();
        var folder = scratch.newFolder();
        try {
            for (var frame : frames.make(photos, input.aspectRatio(), folder)) {
                uploads.add(upload(entry.account(), frame, token));
            }
            return uploads;
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private Upload upload(String account, Path frame, UUID token) throws NotUploaded, InterruptedException {
        throttle.awaitRead(account);
        var answer = studio.upload(frame, token);
        brake.heed(account, answer);
        return switch (answer) {
            case Answer.Success<Upload> success -> success.value();
            case Answer.Throttled<Upload> throttled -> throw new NotUploaded(new Prepared.NotNow(throttled.message()));
            case Answer.Denied<Upload> denied -> throw new NotUploaded(new Prepared.NotNow(denied.message()));
            case Answer.Rejected<Upload> rejected -> throw new NotUploaded(new Prepared.Unsuitable(rejected.message()));
            case Answer.Missing<Upload> missing -> throw new NotUploaded(new Prepared.NotNow(missing.message()));
            case Answer.NotSent<Upload> notSent -> throw new NotUploaded(new Prepared.NotNow(notSent.message()));
            case Answer.Ambiguous<Upload> ambiguous -> throw new NotUploaded(new Prepared.NotNow(ambiguous.message()));
        };
    }

    private static void addIfPresent(List<URI> photos, @Nullable URI photo) {
        if (photo != null) {
            photos.add(photo);
        }
    }

    private static final class NotUploaded extends Exception {
        private final transient Prepared prepared;

        NotUploaded(Prepared prepared) {
            this.prepared = prepared;
        }
    }
}
