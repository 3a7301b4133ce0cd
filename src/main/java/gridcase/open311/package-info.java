/** Open311 GeoReport v2: other people's apps report here and follow what came of it. */
package gridcase.open311;
