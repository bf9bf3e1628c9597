package io.showreel.render.follow;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.springframework.context.annotation.Primary;

/** Says when it begins and ends to fetch an output. No component, as every other test's service would find it. */
@Primary
public final class AnnouncedDelivery extends Delivery {

    private final Consumer<String> points;

    AnnouncedDelivery(FollowSettings settings, Consumer<String> points) {
        super(settings);
        this.points = points;
    }

    @Override
    void fetch(URI output, Path into) throws IOException, InterruptedException {
        points.accept("before download");
        try {
            super.fetch(output, into);
        } finally {
            points.accept("after download");
        }
    }
}
