package gridcase.policy.tables;

import java.util.stream.Stream;

import gridcase.platform.GridcaseTest;
import gridcase.policy.Decisions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import org.springframework.beans.factory.annotation.Autowired;

/** Who leads and who helps. */
@GridcaseTest
class RoutingDecisionTests {

	@Autowired
	private Decisions decisions;

	@TestFactory
	Stream<DynamicTest> everyMatterHasALeadFunction() {
		return DecisionCases.everyRule(this.decisions, "routing",
				"""
						category | categoryClass | gridType       | severity || leadFunction       | helperFunctions                    | startTier | routedLoop | rule
						C0149    | C01           | BUILDING_COURT | GENERAL  || safety             | fire,water-power                   | ""        | ""         | Rule_Gas
						E0501    | E05           | BUILDING_COURT | GENERAL  || water-power        | city-management                    | ""        | ""         | Rule_WaterOrHeatPipe
						E0503    | E05           | BUILDING_COURT | GENERAL  || city-management    | water-power                        | ""        | ""         | Rule_Drain
						E0505    | E05           | BUILDING_COURT | GENERAL  || city-management    | traffic,safety                     | ""        | ""         | Rule_RoadCollapse
						E0506    | E05           | BUILDING_COURT | GENERAL  || city-management    | traffic                            | ""        | ""         | Rule_WaterOrSnowOnRoad
						E0508    | E05           | BUILDING_COURT | GENERAL  || water-power        | safety                             | ""        | ""         | Rule_FallenCable
						E0596    | E05           | BUILDING_COURT | GENERAL  || public-security    | housing                            | ""        | ""         | Rule_FallingObject
						E0595    | E05           | BUILDING_COURT | GENERAL  || command-centre     | safety,public-security,fire        | ""        | ""         | Rule_Incident
						E0496    | E04           | BUILDING_COURT | GENERAL  || fire               | city-management,public-security    | ""        | ""         | Rule_FireLane
						E0101    | E01           | BUILDING_COURT | GENERAL  || city-management    | land,housing                       | ""        | ""         | Rule_IllegalBuilding
						E0120    | E01           | BUILDING_COURT | GENERAL  || environment        | city-management                    | ""        | ""         | Rule_NoiseAndFumes
						E0125    | E01           | BUILDING_COURT | GENERAL  || environment        | water-power,land                   | ""        | ""         | Rule_RiverAndMining
						E0133    | E01           | BUILDING_COURT | GENERAL  || health             | environment                        | ""        | ""         | Rule_MedicalWaste
						E0183    | E01           | BUILDING_COURT | GENERAL  || housing            | safety                             | ""        | ""         | Rule_FacadeCrack
						E0117    | E01           | BUILDING_COURT | GENERAL  || landscaping        | city-management                    | ""        | ""         | Rule_GreenOffence
						E0138    | E01           | BUILDING_COURT | GENERAL  || city-management    | public-security,community-building | ""        | ""         | Rule_Animals
						E0201    | E02           | BUILDING_COURT | GENERAL  || city-management    | public-security                    | ""        | ""         | Rule_SmallAds
						E0301    | E03           | BUILDING_COURT | GENERAL  || environment        | housing                            | ""        | ""         | Rule_Dust
						E0498    | E04           | BUILDING_COURT | GENERAL  || market             | city-management                    | ""        | ""         | Rule_MarketTrade
						E0410    | E04           | BUILDING_COURT | GENERAL  || city-management    | traffic                            | ""        | ""         | Rule_SharedBikes
						C0110    | C01           | BUILDING_COURT | GENERAL  || water-power        | city-management                    | ""        | ""         | Rule_PowerAndHeatParts
						C0150    | C01           | BUILDING_COURT | GENERAL  || public-security    | ""                                 | ""        | ""         | Rule_SecurityParts
						C0212    | C02           | BUILDING_COURT | GENERAL  || civil-affairs      | city-management                    | ""        | ""         | Rule_PlaceNameSigns
						E0102    | E01           | BUILDING_COURT | GENERAL  || city-management    | community-building                 | ""        | ""         | Rule_Environment
						E0202    | E02           | BUILDING_COURT | GENERAL  || city-management    | ""                                 | ""        | ""         | Rule_Advertising
						E0302    | E03           | BUILDING_COURT | GENERAL  || housing            | city-management                    | ""        | ""         | Rule_Construction
						E0401    | E04           | BUILDING_COURT | GENERAL  || city-management    | market                             | ""        | ""         | Rule_StreetTrade
						E0599    | E05           | BUILDING_COURT | GENERAL  || safety             | city-management                    | ""        | ""         | Rule_SuddenEvent
						E0604    | E06           | BUILDING_COURT | GENERAL  || city-management    | community-building                 | ""        | ""         | Rule_OtherEvent
						C0101    | C01           | BUILDING_COURT | GENERAL  || city-management    | water-power                        | ""        | ""         | Rule_UtilityParts
						C0201    | C02           | BUILDING_COURT | GENERAL  || city-management    | traffic                            | ""        | ""         | Rule_RoadParts
						C0301    | C03           | BUILDING_COURT | GENERAL  || city-management    | environment                        | ""        | ""         | Rule_SanitationParts
						C0401    | C04           | BUILDING_COURT | GENERAL  || landscaping        | ""                                 | ""        | ""         | Rule_GreenParts
						C0506    | C05           | BUILDING_COURT | GENERAL  || water-power        | city-management                    | ""        | ""         | Rule_OtherParts
						S0101    | S01           | BUILDING_COURT | GENERAL  || market             | housing,water-power                | ""        | ""         | Rule_TariffDispute
						S0102    | S01           | BUILDING_COURT | GENERAL  || civil-affairs      | justice,community-building         | ""        | ""         | Rule_ElderCare
						S0103    | S01           | BUILDING_COURT | GENERAL  || civil-affairs      | social-security                    | ""        | ""         | Rule_MedicalAid
						S0104    | S01           | BUILDING_COURT | GENERAL  || community-building | city-management                    | ""        | ""         | Rule_PublicFacility
						S0105    | S01           | BUILDING_COURT | GENERAL  || social-security    | ""                                 | ""        | ""         | Rule_SocialInsurance
						S0106    | S01           | BUILDING_COURT | GENERAL  || civil-affairs      | public-service                     | ""        | ""         | Rule_DisabledAndVeterans
						S0108    | S01           | BUILDING_COURT | GENERAL  || housing            | community-building                 | ""        | ""         | Rule_PropertyService
						S0110    | S01           | BUILDING_COURT | GENERAL  || health             | public-service                     | ""        | ""         | Rule_WomenAndChildren
						S0111    | S01           | BUILDING_COURT | GENERAL  || party              | ""                                 | ""        | ""         | Rule_PartyMatters
						S0112    | S01           | BUILDING_COURT | GENERAL  || appraisal          | party                              | ""        | ""         | Rule_ConductComplaint
						S0199    | S01           | BUILDING_COURT | GENERAL  || public-service     | community-building                 | ""        | ""         | Rule_Livelihood
						S0202    | S02           | BUILDING_COURT | GENERAL  || community-building | housing,justice                    | ""        | ""         | Rule_WaterLeak
						S0207    | S02           | BUILDING_COURT | GENERAL  || social-security    | justice                            | ""        | ""         | Rule_LabourDispute
						S0208    | S02           | BUILDING_COURT | GENERAL  || market             | justice                            | ""        | ""         | Rule_ConsumerDispute
						S0206    | S02           | BUILDING_COURT | GENERAL  || land               | justice,stability                  | ""        | ""         | Rule_LandDispute
						S0201    | S02           | BUILDING_COURT | SERIOUS  || stability          | justice,public-security            | ""        | ""         | Rule_MajorDispute
						S0201    | S02           | RURAL          | GENERAL  || justice            | community-building                 | ""        | ""         | Rule_RuralDispute
						S0201    | S02           | BUILDING_COURT | GENERAL  || community-building | justice                            | ""        | ""         | Rule_Dispute
						S0301    | S03           | BUILDING_COURT | GENERAL  || fire               | public-security,safety             | ""        | ""         | Rule_OpenFire
						S0303    | S03           | BUILDING_COURT | GENERAL  || rental-management  | fire                               | ""        | ""         | Rule_RentalFire
						S0304    | S03           | BUILDING_COURT | GENERAL  || fire               | safety                             | ""        | ""         | Rule_FireHazard
						S0402    | S04           | BUILDING_COURT | GENERAL  || public-security    | traffic,city-management            | ""        | ""         | Rule_IllegalTaxi
						S0403    | S04           | BUILDING_COURT | GENERAL  || rental-management  | public-security                    | ""        | ""         | Rule_FloatingPeople
						S0401    | S04           | BUILDING_COURT | GENERAL  || public-security    | stability                          | ""        | ""         | Rule_Security
						S0505    | S05           | BUILDING_COURT | GENERAL  || city-management    | water-power                        | ""        | ""         | Rule_Sewer
						S0504    | S05           | BUILDING_COURT | GENERAL  || city-management    | community-building                 | ""        | ""         | Rule_Sanitation
						S0901    | S09           | BUILDING_COURT | GENERAL  || justice            | ""                                 | ""        | ""         | Rule_LegalChannel
						X0101    | X01           | BUILDING_COURT | GENERAL  || general-support    | ""                                 | ""        | ""         | Rule_Otherwise
						""");
	}

	@TestFactory
	Stream<DynamicTest> sendsTheNarratedCasesWhereTheirTextsTellThem() {
		return DecisionCases.of(this.decisions, "routing", """
				category | categoryClass | gridType       | severity || leadFunction       | helperFunctions
				S0101    | S01           | BUILDING_COURT | GENERAL  || market             | housing,water-power
				S0102    | S01           | STREET_LANE    | SERIOUS  || civil-affairs      | justice,community-building
				S0103    | S01           | STREET_LANE    | GENERAL  || civil-affairs      | social-security
				S0104    | S01           | BUILDING_COURT | MINOR    || community-building | city-management
				S0201    | S02           | BUILDING_COURT | GENERAL  || community-building | justice
				S0202    | S02           | BUILDING_COURT | GENERAL  || community-building | housing,justice
				S0206    | S02           | RURAL          | SERIOUS  || land               | justice,stability
				S0301    | S03           | BUILDING_COURT | SERIOUS  || fire               | public-security,safety
				S0306    | S03           | STREET_LANE    | GENERAL  || fire               | safety
				S0401    | S04           | STREET_LANE    | GENERAL  || public-security    | stability
				S0402    | S04           | STREET_LANE    | SERIOUS  || public-security    | traffic,city-management
				S0501    | S05           | STREET_LANE    | MINOR    || city-management    | public-security
				S0502    | S05           | BUILDING_COURT | MINOR    || public-security    | housing
				C0101    | C01           | STREET_LANE    | GENERAL  || city-management    | water-power
				""");
	}

}
