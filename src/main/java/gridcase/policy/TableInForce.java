package gridcase.policy;

/**
 * Which table answers.
 *
 * @param key key of the table
 * @param place place that owns it, null for the shared one
 * @param version version
 * @param definitionId the engine's id
 * @param releaseId release
 */
record TableInForce(String key, String place, int version, String definitionId, long releaseId) {

}
