package io.showreel.contracts.job;

/** How a job's scenes are asked for. */
public enum JobType {
    /** Pairs of photos of any kind. */
    IMAGE_PAIRS,
    /** One scene for each wanted type of room or view. */
    PROPERTY_PHOTOS
}
