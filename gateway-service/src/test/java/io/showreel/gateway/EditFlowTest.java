package io.showreel.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.showreel.contracts.Topics;
import io.showreel.contracts.Usd;
import io.showreel.contracts.job.JobCommand.SelectScenes;
import io.showreel.contracts.job.JobEvent;
import io.showreel.contracts.scene.SceneEvent;
import io.showreel.contracts.scene.SceneRequest;
import io.showreel.contracts.scene.SceneRequest.CutRequested;
import io.showreel.contracts.video.VideoEvent;
import io.showreel.gateway.RunningGateway.Answer;
import io.showreel.objects.ObjectStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Changing a film over real HTTP, before and after it exists; the other replica sees it too. */
class EditFlowTest {

    private static final UUID CLIENT = UUID.randomUUID();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Neighbourhood neighbours = Installation.shared().neighbours;
    private static final OtherServices others = Installation.shared().others;
    private static final RunningGateway gateway = Installation.shared().gateway;
    private static final RunningGateway replica = Installation.shared().replica;

    @Test
    void scenes_are_changed_before_approval_and_the_cut_is_made_of_them() {
        long id = ready();
        var etag = etag(id);
        var first = sceneIds(id).getFirst();

        var added = gateway.post(job(id) + "/scenes", """
                {"prompt": "a pan sweep", "asset_ids": ["%s", "%s"], "position": 1, "duration": 6}
                """.formatted(photo(3), photo(4)));
        assertThat(added.status()).as(added.toString()).isEqualTo(201);
        assertThat(added.json().path("position").asInt()).isEqualTo(1);
        assertThat(added.json().path("asset_ids").get(1).asString()).isEqualTo(photo(4));
        assertThat(etag(id)).isNotEqualTo(etag);
        var edited = put(id, first, "{\"prompt\": \"a sweeping crane shot\", \"text_overlay\": \"Welcome\"}");
        assertThat(edited.status()).as(edited.toString()).isEqualTo(200);
        assertThat(edited.json().path("text_overlay").asString()).isEqualTo("Welcome");
        var photos = put(id, first, "{\"asset_ids\": [\"%s\", \"%s\"]}".formatted(photo(2), photo(1)));
        assertThat(photos.json().path("asset_ids").get(0).asString()).isEqualTo(photo(2));
        var reversed = sceneIds(id).reversed();
        var arranged = gateway.send("PUT", job(id) + "/scenes/order", ids(reversed));
        assertThat(arranged.status()).as(arranged.toString()).isEqualTo(200);
        assertThat(sceneIds(id)).isEqualTo(reversed);
        assertThat(gateway.send("DELETE", job(id) + "/scenes/" + reversed.getFirst(), null)
                        .status())
                .isEqualTo(204);

        assertThat(gateway.post(job(id) + "/approve", "{}", "If-Match", etag).status())
                .isEqualTo(412);
        assertThat(replica.post(job(id) + "/approve", "{}", "If-Match", etag(id))
                        .status())
                .isEqualTo(200);
        var cut = others.expect(id, CutRequested.class, 1);
        assertThat(cut.takes()).hasSize(2);
        assertThat(cut.takes().getFirst().input().prompt()).isEqualTo("a sweeping crane shot");
        assertThat(cut.finish().scenes().getFirst().text().text()).isEqualTo("Welcome");
        for (var busy : List.of(
                put(id, first, "{\"title\": \"x\"}"),
                gateway.send("PUT", job(id) + "/scenes/order", ids(sceneIds(id))),
                gateway.send("DELETE", job(id) + "/scenes/" + first, null),
                gateway.post(job(id) + "/scenes/" + first + "/regenerate", "{}"))) {
            assertThat(busy.status()).as(busy.toString()).isEqualTo(422);
            assertThat(busy.code()).isEqualTo("scene_busy");
        }
        assertThat(gateway.post(job(id) + "/cut", "{}").code()).isEqualTo("job_busy");
    }

    @Test
    void what_a_scene_can_not_be_is_refused_and_says_why() {
        long id = ready();
        var scene = sceneIds(id).getFirst();
        var foreign = sceneIds(ready()).getFirst();

        for (var answer : List.of(
                put(id, foreign, "{\"title\": \"x\"}"),
                gateway.get(job(id) + "/scenes/" + foreign),
                gateway.send("DELETE", job(id) + "/scenes/" + foreign, null))) {
            assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
            assertThat(answer.code()).isEqualTo("scene_of_another_job");
        }
        assertThat(put(id, UUID.randomUUID().toString(), "{\"title\": \"x\"}").status())
                .isEqualTo(404);
        assertThat(details(put(id, scene, "{\"asset_ids\": [\"%s\", \"%s\"]}".formatted(photo(1), UUID.randomUUID()))))
                .contains("asset_ids");
        assertThat(details(put(id, scene, "{\"asset_ids\": [\"%s\"]}".formatted(photo(1)))))
                .contains("asset_ids");
        assertThat(details(put(id, scene, "{\"duration\": 9}"))).contains("duration");
        assertThat(details(put(id, scene, "{\"transition\": \"explode\"}"))).contains("transition");
        assertThat(details(put(id, scene, "{\"nonsense\": 1}"))).contains("nonsense");
        assertThat(details(gateway.send("DELETE", job(id) + "/scenes/" + scene, null)))
                .contains("scenes");
        assertThat(details(gateway.send("PUT", job(id) + "/scenes/order", ids(List.of(scene)))))
                .contains("scene_ids");
        assertThat(gateway.send("PUT", job(id) + "/scenes/order", ids(List.of(scene, foreign)))
                        .status())
                .isEqualTo(422);
        assertThat(gateway.send("PUT", job(id) + "/scenes/" + scene, "{\"title\": \"x\"}", "If-Match", "\"1.99\"")
                        .status())
                .isEqualTo(412);
    }

    @Test
    void after_the_film_only_what_changed_is_rendered_and_the_old_film_stays_until_the_new_one_is_there(
            @TempDir Path folder) throws IOException {
        long id = ready();
        gateway.post(job(id) + "/approve", "{}");
        var first = others.expect(id, CutRequested.class, 1);
        film(first, folder, "the first film");
        awaitRevision(id, 1);
        var scene = sceneIds(id).getFirst();

        put(id, scene, "{\"text_overlay\": \"Welcome\", \"transition\": \"fade\"}");
        var waiting =
                gateway.get(job(id)).json().path("storyboard").path("scenes").path(0);
        assertThat(waiting.path("edited").asBoolean()).isTrue();
        assertThat(waiting.path("status").asString()).isEqualTo("completed");
        assertThat(gateway.post(job(id) + "/cut", "{}").status()).isEqualTo(200);
        var second = others.expect(id, CutRequested.class, 2);
        assertThat(takeIds(second)).isEqualTo(takeIds(first));
        assertThat(gateway.post(job(id) + "/cut", "{}").status()).isEqualTo(409);
        assertThat(gateway.post(job(id) + "/scenes/" + scene + "/regenerate", "{}")
                        .code())
                .isEqualTo("job_busy");
        assertThat(put(id, scene, "{\"prompt\": \"a sweeping crane shot\"}").status())
                .as("edits collect while a later cut is open")
                .isEqualTo(200);
        var busy = gateway.get(job(id)).json();
        assertThat(busy.path("status").asString()).isEqualTo("completed");
        assertThat(busy.path("cut").path("status").asString()).isEqualTo("rendering");
        assertThat(watch(replica, id)).isEqualTo("the first film");
        film(second, folder, "with a caption");
        awaitRevision(id, 2);
        awaitFilm(replica, id, "with a caption");

        assertThat(gateway.post(job(id) + "/cut", "{\"max_cost\": 9}").status()).isEqualTo(200);
        var third = others.expect(id, CutRequested.class, 3);
        assertThat(takeIds(third)).hasSize(2).endsWith(takeIds(first).getLast()).isNotEqualTo(takeIds(first));
        film(third, folder, "with another prompt");
        awaitRevision(id, 3);

        var takes = gateway.get(job(id) + "/scenes/" + scene + "/takes").json().path("data");
        assertThat(takes).hasSize(2);
        assertThat(takes.get(0).path("current").asBoolean()).isTrue();
        assertThat(takes.get(1).path("cuts")).hasSize(2);
        assertThat(takes.get(1).path("take_id").asString())
                .isEqualTo(takeIds(first).getFirst().toString());
        assertThat(gateway.get(takes.get(1).path("clip_url").asString()).status())
                .as("an earlier clip can be watched")
                .isEqualTo(404); // The clips of this test are in no store: found, but gone.
        var back = gateway.send(
                "PUT",
                job(id) + "/scenes/" + scene + "/take",
                "{\"take_id\": \"%s\"}".formatted(takeIds(first).getFirst()));
        assertThat(back.status()).as(back.toString()).isEqualTo(200);
        assertThat(back.json().path("prompt").asString()).isEqualTo("a slow dolly forward");
        assertThat(details(gateway.send(
                        "PUT",
                        job(id) + "/scenes/" + scene + "/take",
                        "{\"take_id\": \"%s\"}".formatted(UUID.randomUUID()))))
                .contains("take_id");
        gateway.post(job(id) + "/cut", "{}");
        var fourth = others.expect(id, CutRequested.class, 4);
        assertThat(takeIds(fourth)).isEqualTo(takeIds(first));
        film(fourth, folder, "back again");
        awaitRevision(id, 4);

        var revisions = gateway.get(job(id) + "/revisions").json().path("data");
        assertThat(revisions).hasSize(4);
        assertThat(revisions.get(0).path("current").asBoolean()).isTrue();
        assertThat(new String(
                        gateway.get(revisions.get(3).path("video_url").asString())
                                .response()
                                .body(),
                        UTF_8))
                .isEqualTo("the first film");
        var restored = gateway.post(job(id) + "/revisions/3/restore", "");
        assertThat(restored.status()).as(restored.toString()).isEqualTo(200);
        assertThat(restored.json().path("revision").asInt()).isEqualTo(5);
        awaitFilm(replica, id, "with another prompt");
        assertThat(gateway.post(job(id) + "/revisions/77/restore", "").status()).isEqualTo(404);
        gateway.post(job(id) + "/scenes/" + scene + "/regenerate", "{}");
        var sixth = others.expect(id, CutRequested.class, 5);
        assertThat(sixth.cut()).isEqualTo(6);
        assertThat(takeIds(sixth).getLast()).isEqualTo(takeIds(first).getLast());
        assertThat(takeIds(sixth).getFirst())
                .isNotIn(takeIds(first).getFirst(), takeIds(third).getFirst());
        assertThat(others.heard(id, CutRequested.class)).hasSize(5);
    }

    @Test
    void another_selection_knows_what_was_chosen_before() {
        long id = ready();
        var before = etag(id);

        var asked = gateway.post(job(id) + "/storyboard", "", "Prefer", "wait=0");

        assertThat(asked.status()).as(asked.toString()).isEqualTo(200);
        assertThat(asked.json().path("current_stage").asString()).isEqualTo("selecting_scenes");
        var command = others.expect(id, SelectScenes.class, 2);
        assertThat(command.selection()).isEqualTo(2);
        assertThat(command.previous()).hasSize(2);
        assertThat(gateway.post(job(id) + "/storyboard", "").code()).isEqualTo("job_busy");
        others.answer(command);
        await().atMost(PATIENCE).until(() -> stage(id).equals("storyboard_ready"));
        assertThat(etag(id)).isNotEqualTo(before);
    }

    @Test
    void a_job_is_deleted_with_everything_unless_it_is_at_work() {
        long id = ready();
        gateway.post(job(id) + "/approve", "{}");
        var cut = others.expect(id, CutRequested.class, 1);
        assertThat(gateway.send("DELETE", job(id), null).code()).isEqualTo("job_active");
        gateway.post(job(id) + "/cancel", "");
        cut.takes().forEach(take -> others.withdraw(cut, take));
        others.close(cut, "0");
        await().atMost(PATIENCE).until(() -> stage(id).equals("canceled"));

        var deleted = gateway.send("DELETE", job(id), null);

        assertThat(deleted.status()).as(deleted.toString()).isEqualTo(204);
        others.expect(id, JobEvent.JobDeleted.class, 1);
        await().atMost(PATIENCE).until(() -> replica.get(job(id)).status() == 404);
        assertThat(gateway.get(job(id) + "/scenes").status()).isEqualTo(404);
        assertThat(gateway.send("DELETE", job(id), null).status()).isEqualTo(404);
        others.close(cut, "0");
    }

    @Test
    void a_doubtful_take_waits_for_a_word_which_reaches_render_once() {
        long id = ready();
        gateway.post(job(id) + "/approve", "{}");
        var cut = others.expect(id, CutRequested.class, 1);
        var take = cut.takes().getFirst();
        var resolve = job(id) + "/takes/" + take.takeId() + "/resolve";
        assertThat(gateway.post(resolve, "{\"paid\": true}").code()).isEqualTo("take_not_unverifiable");
        others.say(
                Topics.SCENE_EVENTS,
                id,
                new SceneEvent.TakeUnverifiable(
                        id, 1, take.takeId(), take.sceneId(), take.input().kind(), "Nobody knows", Usd.of("0.4")));
        await().atMost(PATIENCE).until(() -> stage(id).equals("verification_needed"));

        assertThat(details(gateway.post(resolve, "{}"))).contains("paid");
        assertThat(gateway.post(resolve, "{\"paid\": false}").status()).isEqualTo(200);
        assertThat(replica.post(resolve, "{\"paid\": false}").status()).isEqualTo(200);

        assertThat(others.expect(id, SceneRequest.TakeResolved.class, 1).paid()).isFalse();
        assertThat(stage(id)).isNotEqualTo("verification_needed");
        others.render(cut, cut.takes().getLast());
        await().atMost(PATIENCE)
                .until(() -> gateway.get(job(id) + "/scenes")
                                .json()
                                .path("completed_scenes")
                                .asInt()
                        == 1);
        assertThat(others.heard(id, SceneRequest.TakeResolved.class)).hasSize(1);
    }

    @Test
    void a_rendition_is_asked_for_once_listed_on_the_job_and_watched(@TempDir Path folder) throws IOException {
        long id = ready();
        assertThat(gateway.post(job(id) + "/renditions", "{\"aspect_ratio\": \"9:16\"}")
                        .code())
                .isEqualTo("job_not_completed");
        gateway.post(job(id) + "/approve", "{}");
        film(others.expect(id, CutRequested.class, 1), folder, "the film");
        awaitRevision(id, 1);

        assertThat(gateway.post(job(id) + "/renditions", "{\"aspect_ratio\": \"9:16\"}")
                        .status())
                .isEqualTo(200);
        var again = replica.post(job(id) + "/renditions", "{\"aspect_ratio\": \"9:16\"}");

        assertThat(again.json().path("renditions")).hasSize(1);
        var asked = others.expect(id, SceneRequest.RenditionRequested.class, 1);
        assertThat(asked.finish().aspectRatio()).isEqualTo("9:16");
        assertThat(asked.takes()).hasSize(2);
        var object = store(folder, "upright");
        others.say(
                Topics.VIDEO_EVENTS,
                id,
                new VideoEvent.RenditionPublished(
                        id,
                        1,
                        asked.renditionId(),
                        "9:16",
                        object,
                        null,
                        "sha",
                        7,
                        1080,
                        1920,
                        10,
                        Duration.ofSeconds(1)));
        var listed = await().atMost(PATIENCE)
                .until(
                        () -> gateway.get(job(id)).json().path("renditions").path(0),
                        rendition -> rendition.path("status").asString().equals("published"));
        assertThat(listed.path("size").asInt()).isEqualTo("upright".length());
        var url = listed.path("video_url").asString();
        for (var at : List.of(gateway, replica)) {
            var whole = at.get(url);
            assertThat(new String(whole.response().body(), UTF_8)).isEqualTo("upright");
            assertThat(whole.header("Content-Type")).isEqualTo("video/mp4");
            assertThat(whole.header("Cache-Control")).contains("immutable");
            var part = at.get(url, "Range", "bytes=2-");
            assertThat(part.status()).isEqualTo(206);
            assertThat(part.header("Content-Range")).isEqualTo("bytes 2-6/7");
            assertThat(new String(part.response().body(), UTF_8)).isEqualTo("right");
            var head = at.send("HEAD", url, null);
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("Content-Length")).isEqualTo("7");
            assertThat(head.header("ETag")).isEqualTo(whole.header("ETag"));
            assertThat(head.response().body()).isEmpty();
            assertThat(at.get(url, "If-None-Match", whole.header("ETag")).status())
                    .isEqualTo(304);
            assertThat(at.get(url.replaceFirst("v=.*", "v=1")).status()).isEqualTo(404);
            assertThat(at.get("/api/v3/videos/" + id + "/renditions/" + UUID.randomUUID())
                            .status())
                    .isEqualTo(404);
        }
    }

    private static void film(CutRequested cut, Path folder, String content) throws IOException {
        cut.takes().forEach(take -> others.render(cut, take));
        others.close(cut, "0.80");
        others.publish(cut, store(folder, content), "sha" + content.hashCode(), content.length());
    }

    private static URI store(Path folder, String content) throws IOException {
        return gateway.bean(ObjectStore.class)
                .keep("films", Files.writeString(folder.resolve(UUID.randomUUID() + ".mp4"), content), "video/mp4");
    }

    private static void awaitRevision(long id, int revision) {
        await().atMost(PATIENCE)
                .until(() -> gateway.get(job(id)).json().path("revision").asInt() == revision);
        await().atMost(PATIENCE)
                .until(() -> replica.get(job(id)).json().path("revision").asInt() == revision);
    }

    /** A replica hears of another's change a moment later. */
    private static void awaitFilm(RunningGateway at, long id, String content) {
        await().atMost(PATIENCE).until(() -> watch(at, id).equals(content));
    }

    private static String watch(RunningGateway at, long id) {
        return new String(
                at.get("/api/v3/videos/" + id + "/combined").response().body(), UTF_8);
    }

    private static List<UUID> takeIds(CutRequested cut) {
        return cut.takes().stream().map(SceneRequest.RequestedTake::takeId).toList();
    }

    private static List<String> sceneIds(long id) {
        return StreamSupport.stream(
                        gateway.get(job(id) + "/scenes").json().path("scenes").spliterator(), false)
                .map(scene -> scene.path("id").asString())
                .toList();
    }

    private static String ids(List<String> scenes) {
        return "{\"scene_ids\": [\"" + String.join("\", \"", scenes) + "\"]}";
    }

    private static Answer put(long id, String scene, String body) {
        return gateway.send("PUT", job(id) + "/scenes/" + scene, body);
    }

    private static String details(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
        JsonNode details = answer.json().path("error").path("details");
        return details.toString();
    }

    private static String etag(long id) {
        return gateway.get(job(id)).json().path("storyboard").path("etag").asString();
    }

    private static String stage(long id) {
        return gateway.get(job(id)).json().path("current_stage").asString();
    }

    private static String photo(int n) {
        return new UUID(0, n).toString();
    }

    /** A job of two scenes that waits for approval. */
    private static long ready() {
        var campaign = neighbours.campaign(CLIENT, 4);
        long id = gateway.post(
                        "/api/v3/campaigns/" + campaign + "/create-job", "{\"num_scenes\": 2}", "Prefer", "wait=0")
                .json()
                .path("data")
                .path("job_id")
                .asLong();
        others.select(id);
        await().atMost(PATIENCE).until(() -> stage(id).equals("storyboard_ready"));
        return id;
    }

    private static String job(long id) {
        return "/api/v3/jobs/" + id;
    }
}
