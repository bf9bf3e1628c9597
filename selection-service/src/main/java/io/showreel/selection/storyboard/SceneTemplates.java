package io.showreel.selection.storyboard;

import static java.util.Objects.requireNonNull;

import io.showreel.selection.storyboard.SceneTemplate.AssetCriteria;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * The house's way of showing a property, kept as data in {@code scene-templates.json}.
 *
 * @param templates the seven kinds of scene, in order
 * @param feature the shot for what none of them speaks of
 * @param rooms the kinds of photos that property films are asked for, each with the template that shoots it
 */
record SceneTemplates(List<SceneTemplate> templates, SceneTemplate feature, List<Room> rooms) {

    private static final String HOOK = "hook";
    private static final String OUTRO = "outro";
    /** What a short film keeps first. */
    private static final List<String> BODY_BY_PRIORITY = List.of("bedroom", "living_room", "vanity", "tub", "dining");

    public record Room(String type, String template, List<String> keywords) {}

    public SceneTemplates {
        templates = templates.stream()
                .sorted(Comparator.comparingInt(SceneTemplate::order))
                .toList();
        rooms = List.copyOf(rooms);
    }

    static SceneTemplates ofTheHouse() {
        var mapper = JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build();
        try (var resource = SceneTemplates.class.getResourceAsStream("/storyboard/scene-templates.json")) {
            return mapper.readValue(requireNonNull(resource), SceneTemplates.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    SceneTemplate hook() {
        return named(HOOK).orElseThrow();
    }

    SceneTemplate outro() {
        return named(OUTRO).orElseThrow();
    }

    List<SceneTemplate> bodyByPriority() {
        return BODY_BY_PRIORITY.stream().map(type -> named(type).orElseThrow()).toList();
    }

    /** The template that the group serves best between hook and outro; {@link #feature} if it serves none. */
    SceneTemplate bodyFor(PhotoGroup group) {
        return servedBest(bodyByPriority(), group).orElse(feature);
    }

    /** The first of those that the group serves best. */
    static Optional<SceneTemplate> servedBest(List<SceneTemplate> templates, PhotoGroup group) {
        SceneTemplate best = null;
        for (var template : templates) {
            if (template.serves(group) > (best == null ? 0 : best.serves(group))) {
                best = template;
            }
        }
        return Optional.ofNullable(best);
    }

    /** How a wanted type is shot: a template's type, a room's, or any other word, which then finds photos by itself. */
    SceneTemplate wanted(String type) {
        return named(type).orElseGet(() -> {
            var room = room(type);
            return room == null
                    ? feature.playing(type, new AssetCriteria(List.of(type), List.of(), List.of()))
                    : named(room.template())
                            .orElse(feature)
                            .playing(type, new AssetCriteria(List.of(type), room.keywords(), List.of()));
        });
    }

    /** Hook and outro, and between them what matters most of what can be served, in the film's order. */
    List<SceneTemplate> adapted(int scenes, Set<String> available) {
        var body = bodyByPriority().stream()
                .filter(template -> available.isEmpty() || template.isServedBy(available))
                .limit(Math.max(0, scenes - 2));
        return Stream.of(Stream.of(hook(), outro()), body)
                .flatMap(some -> some)
                .sorted(Comparator.comparingInt(SceneTemplate::order))
                .toList();
    }

    /** How a type is shot that is a template's, a room's, or {@link SceneTemplate#FEATURE}. */
    Optional<SceneTemplate> known(String type) {
        return named(type)
                .or(() -> Optional.ofNullable(room(type)).map(room -> wanted(room.type())))
                .or(() ->
                        Optional.of(feature).filter(template -> template.type().equals(type)));
    }

    private Optional<SceneTemplate> named(String type) {
        return templates.stream()
                .filter(template -> template.type().equals(type))
                .findFirst();
    }

    private @Nullable Room room(String type) {
        return rooms.stream()
                .filter(room -> room.type().equals(type))
                .findFirst()
                .orElse(null);
    }
}
