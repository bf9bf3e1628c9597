package io.showreel.gateway.job.clock;

import java.util.List;

/** Jobs whose time may be up. Blocks. */
interface DueJobs {

    /** @param withSelections whether jobs that wait for their selection are meant too */
    List<Long> due(boolean withSelections);

    void tell(long jobId);
}
