package gridcase.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes the registry of a whole district, too many grids and people to keep by hand. The
 * numbers are those of the source: 103 communities, 886 grids, 1212 grid workers, 191 of
 * them in one street, 715 building groups; streets are real, communities have numbers and
 * people are invented. The same files come out every time: run it with the folder
 * {@code src/main/resources/registry/qindu} after a change.
 */
final class GeneratedDistrict {

	private static final String DISTRICT = "610402";

	private static final List<String> STREETS = List.of("人民路", "西兰路", "吴家堡", "渭阳西路", "陈杨寨", "古渡", "上林", "钓台", "马泉",
			"渭滨", "双照", "马庄");

	private static final int COMMUNITIES = 103;

	private static final int GRIDS = 886;

	private static final int BUILDINGS = 715;

	private static final int WORKERS = 1212;

	/** The street that tries the platform first, and its share of the workers. */
	private static final String PILOT = "渭阳西路";

	private static final int PILOT_WORKERS = 191;

	private static final String SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧";

	private static final String[] GIVEN = { "建国", "秀英", "志强", "桂兰", "海波", "玉梅", "文斌", "晓燕", "永强", "丽华", "国庆", "春梅",
			"立新", "小红", "明辉", "雪梅", "振华", "淑珍", "卫东", "金凤", "少华", "月琴", "庆丰", "彩霞", "成林", "巧玲", "学军", "红霞", "大伟", "素芳",
			"宏伟", "爱华" };

	private static final String[] TYPES = { "BUILDING_COURT", "STREET_LANE", "UNIT_SITE" };

	/** Departments of the district: code, name, functions. */
	private static final String[][] DEPARTMENTS = { { "ZF", "委政法委", "stability" },
			{ "GA", "公安分局", "public-security rental-management" }, { "YJ", "应急管理局", "safety" },
			{ "XF", "消防救援大队", "fire" }, { "SF", "司法局", "justice" }, { "MZ", "民政局", "civil-affairs community-building" },
			{ "WJ", "卫生健康局", "health" }, { "RS", "人力资源和社会保障局", "social-security" }, { "ZR", "自然资源分局", "land" },
			{ "ZJ", "住房和城乡建设局", "housing" }, { "CG", "城市管理执法局", "city-management landscaping" },
			{ "SJ", "市场监督管理局", "market" }, { "HB", "生态环境分局", "environment" }, { "JJ", "交警大队", "traffic" },
			{ "SD", "水利和供电服务中心", "water-power" }, { "ZZ", "委组织部", "party appraisal" },
			{ "FG", "发展和改革局", "development" }, { "SP", "行政审批服务局", "public-service" } };

	private final Map<String, StringBuilder> files = new TreeMap<>();

	private long draw = 610402;

	private int phone;

	private int unitPhone = 20000;

	private GeneratedDistrict() {
		start("places", "code,name,case_prefix,admin_code,calendar,household_limits,demo,note");
		start("tiers", "tier,level,name,loop");
		start("grids", "code,parent,name,kind,tier,type,households,note");
		start("units", "code,name,functions,tier,grid,phone,active,published");
		start("work-groups", "code,name,unit,members,note");
		start("staff", "login,name,title,unit,phone,active,demo,published");
		start("duties", "staff,role,grid,unit,since,until");
	}

	/** Content of every file by its name without ending. */
	static Map<String, String> files() {
		GeneratedDistrict district = new GeneratedDistrict();
		district.generate();
		Map<String, String> content = new LinkedHashMap<>();
		district.files.forEach((name, text) -> content.put(name, text.toString()));
		return content;
	}

	public static void main(String[] arguments) throws IOException {
		Path folder = Path.of(arguments[0]);
		Files.createDirectories(folder);
		for (Map.Entry<String, String> file : files().entrySet()) {
			Files.writeString(folder.resolve(file.getKey() + ".csv"), file.getValue());
		}
	}

	private void generate() {
		row("places", "qindu", "秦都区", "QD", DISTRICT, "standard", "", "true",
				"街道名称和103个社区、886个网格、1212名网格员的数量取自公开资料；社区以序号代称，楼栋按715个楼栋党小组列出，人员均为演示");
		row("tiers", "COMMUNITY", "1", "社区", "");
		row("tiers", "STREET", "2", "街道社会治理服务中心", "");
		row("tiers", "DISTRICT", "3", "区网格化服务管理中心", "");
		grid(DISTRICT, "", "秦都区", "区", "DISTRICT", "OTHER");
		district();
		int grid = 0;
		int pilotGrid = 0;
		int otherGrid = 0;
		int community = 0;
		int pilotGrids = pilotGrids();
		for (int street = 0; street < STREETS.size(); street++) {
			String streetCode = DISTRICT + "%03d".formatted(street + 1);
			String streetLogin = "qd.s%02d".formatted(street + 1);
			boolean pilot = STREETS.get(street).equals(PILOT);
			street(streetCode, STREETS.get(street) + "街道", streetLogin, street + 1);
			for (int number = 1; number <= share(COMMUNITIES, STREETS.size(), street); number++, community++) {
				String code = streetCode + "%03d".formatted(number);
				String name = STREETS.get(street) + "第%d社区".formatted(number);
				String login = "%s.c%02d".formatted(streetLogin, number);
				String unit = community(code, streetCode, name, login);
				for (int piece = 1; piece <= share(GRIDS, COMMUNITIES, community); piece++, grid++) {
					int workers = pilot ? share(PILOT_WORKERS, pilotGrids, pilotGrid++)
							: share(WORKERS - PILOT_WORKERS, GRIDS - pilotGrids, otherGrid++);
					piece(code, name, login, unit, piece, grid, workers);
				}
			}
		}
	}

	private static int pilotGrids() {
		int community = 0;
		int grids = 0;
		for (int street = 0; street < STREETS.size(); street++) {
			for (int number = share(COMMUNITIES, STREETS.size(), street); number > 0; number--, community++) {
				grids += STREETS.get(street).equals(PILOT) ? share(GRIDS, COMMUNITIES, community) : 0;
			}
		}
		return grids;
	}

	/** Part of a number when it is spread evenly; the parts sum up to it. */
	private static int share(int whole, int parts, int part) {
		return (int) ((long) whole * (part + 1) / parts - (long) whole * part / parts);
	}

	private void district() {
		String centre = unit("QD-ZX", "秦都区网格化服务管理中心", "command-centre general-support *", "DISTRICT", DISTRICT,
				"qd.zx");
		person("qd.dispatcher", "区派遣员", centre, "dispatcher", DISTRICT, "");
		person("qd.dispatcher2", "区派遣员", centre, "dispatcher", DISTRICT, "");
		person("qd.leader", "区带班领导", centre, "duty-leader", DISTRICT, "");
		person("qd.verifier", "区核查员", "", "verifier", DISTRICT, "");
		person("qd.verifier2", "区核查员", "", "verifier", DISTRICT, "");
		person("qd.centre", "区指挥中心派遣员", centre, "centre-dispatcher", DISTRICT, "");
		person("qd.hotline", "12345热线受理员", centre, "hotline-clerk", DISTRICT, "");
		person("qd.policy", "政策人员", centre, "policy-officer", DISTRICT, "");
		person("qd.approver", "政策审批人", centre, "policy-approver", DISTRICT, "");
		person("qd.auditor", "督查审计人员", centre, "auditor", DISTRICT, "");
		person("qd.admin", "系统管理员", centre, "administrator", DISTRICT, "");
		for (String[] department : DEPARTMENTS) {
			unit("QD-" + department[0], "秦都区" + department[1], department[2], "DISTRICT", DISTRICT,
					"qd." + department[0].toLowerCase());
		}
		row("work-groups", "QD-G-FL", "党员法律服务队", "QD-SF", "QD-ZF QD-GA", "党建引领、源头治理、多元解纷");
	}

	private void street(String code, String name, String login, int number) {
		grid(code, DISTRICT, name, "街道", "STREET", "OTHER");
		String unit = unit("QD-S%02d".formatted(number), name + "社会治理服务中心",
				"command-centre public-service general-support *", "STREET", code, login);
		unit("QD-S%02dZ".formatted(number), name + "综治办", "stability justice public-security rental-management",
				"STREET", code, login + ".zz");
		unit("QD-S%02dC".formatted(number), name + "城市管理办", "city-management environment landscaping traffic", "STREET",
				code, login + ".cg");
		unit("QD-S%02dA".formatted(number), name + "应急管理站", "safety fire market", "STREET", code, login + ".aj");
		person(login + ".dispatcher", "街道派遣员", unit, "dispatcher", code, "");
		person(login + ".leader", "街道带班领导", unit, "duty-leader", code, "");
		person(login + ".verifier", "街道核查员", "", "verifier", code, "");
	}

	private String community(String code, String street, String name, String login) {
		grid(code, street, name, "社区", "COMMUNITY", "BUILDING_COURT");
		String unit = unit("QD-" + code.substring(6), name + "居民委员会", "community-building general-support *",
				"COMMUNITY", code, login);
		person(login + ".dispatcher", "社区派遣员", unit, "dispatcher", code, "");
		row("duties", login + ".head", "duty-leader", code, "", "", "");
		row("duties", login + ".head", "grid-head", code, "", "", "");
		return unit;
	}

	private void piece(String community, String name, String login, String unit, int piece, int grid, int workers) {
		String code = community + "%02d".formatted(piece);
		String type = TYPES[(piece - 1) % TYPES.length];
		grid(code, community, name + "第%d网格".formatted(piece), "网格", "", type);
		for (int building = 1; building <= share(BUILDINGS, GRIDS, grid); building++) {
			grid(code + "%02d".formatted(building), code, name + "第%d网格第%d楼栋".formatted(piece, building), "楼栋", "",
					type);
		}
		for (int worker = 1; worker <= workers; worker++) {
			person("%s.g%d%s".formatted(login, piece, (worker > 1) ? "." + worker : ""),
					(worker > 1) ? "网格员（兼职）" : "网格员", unit, "grid-worker", code, "");
		}
	}

	private void grid(String code, String parent, String name, String kind, String tier, String type) {
		row("grids", code, parent, name, kind, tier, type, "", "");
	}

	private String unit(String code, String name, String functions, String tier, String grid, String login) {
		row("units", code, name, functions, tier, grid, "1009%07d".formatted(++this.unitPhone), "true", "phone");
		person(login + ".handler", "经办人", code, "handler", "", code);
		person(login + ".head", "负责人", code, "unit-head", "", code);
		return code;
	}

	private void person(String login, String title, String unit, String role, String grid, String dutyUnit) {
		this.phone++;
		row("staff", login, name(), title, unit, "1000%07d".formatted(4000000 + this.phone), "true", "true",
				published(role));
		row("duties", login, role, grid, dutyUnit, "", "");
	}

	private static String published(String role) {
		return switch (role) {
			case "grid-worker", "grid-head" -> "name phone";
			case "unit-head", "duty-leader" -> "name";
			default -> "";
		};
	}

	/** An invented name; drawn by a fixed rule, so that nobody changes it by running. */
	private String name() {
		this.draw = (this.draw * 1103515245L + 12345L) % (1L << 31);
		int surname = (int) ((this.draw >> 8) % SURNAMES.length());
		return SURNAMES.charAt(surname) + GIVEN[(int) ((this.draw >> 16) % GIVEN.length)];
	}

	private void start(String file, String header) {
		this.files.put(file, new StringBuilder(header).append('\n'));
	}

	private void row(String file, String... cells) {
		this.files.get(file).append(String.join(",", cells)).append('\n');
	}

}
