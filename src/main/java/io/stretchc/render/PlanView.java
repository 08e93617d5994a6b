package io.stretchc.render;

import io.stretchc.plan.Plan;

/**
 * A plan as it is shown.
 *
 * @param id hash of its content, which approvals are bound to
 */
public record PlanView(Plan plan, String id) {
    /** The first characters of the id, enough to compare by eye. */
    String shortId() {
        return id.substring(0, Math.min(id.length(), 19));
    }
}
