package io.showreel.contracts;

/** The six topics. Each has exactly one writer, is keyed by job id and is declared by its writer. */
public interface Topics {

    /** Written by the gateway, read by selection. */
    String JOB_COMMANDS = "job.commands";

    /** Written by selection, read by the gateway. */
    String STORYBOARD_EVENTS = "storyboard.events";

    /** Written by the gateway, read by render and stitch. */
    String SCENE_REQUESTS = "scene.requests";

    /** Written by render, read by stitch and the gateway. */
    String SCENE_EVENTS = "scene.events";

    /** Written by stitch, read by the gateway. */
    String VIDEO_EVENTS = "video.events";

    /** Written by the gateway, for asset-service and for whoever integrates with Showreel. */
    String JOB_EVENTS = "job.events";

    int PARTITIONS = 12;
}
