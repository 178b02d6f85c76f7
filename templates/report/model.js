/* The model, translated from its formulas. Do not edit: run `python -m planner.sizing.javascript`. */
const PLAN = (() => {
const memo = (made) => { const known = new Map(); return (...given) => { const key = given.join(); if (!known.has(key)) { if (known.size > 4096) known.clear(); known.set(key, made(...given)); } return known.get(key); }; };
const bisect = (values, value, right) => { let low = 0, high = values.length; while (low < high) { const middle = (low + high) >> 1; if (right ? value < values[middle] : !(values[middle] < value)) high = middle; else low = middle + 1; } return low; };
const bits = (value) => { let count = 0; while (value >= 1) { value = Math.floor(value / 2); count += 1; } return count; };
const table_ram_sizes = {"values": [8000000000, 16000000000, 32000000000, 64000000000, 128000000000, 256000000000, 512000000000, 1024000000000], "thresholds": []};
const table_disk_sizes = {"values": [500000000000, 1000000000000, 2000000000000, 4000000000000, 8000000000000, 16000000000000, 32000000000000, 64000000000000], "thresholds": []};
const table_link_rates = {"values": [1000000000, 10000000000, 25000000000, 40000000000, 100000000000, 400000000000], "thresholds": []};
const table_tier_cpu_cores = {"values": [4, 8, 16, 32], "thresholds": []};
const table_tier_ram_bytes = {"values": [8000000000, 16000000000, 32000000000, 64000000000], "thresholds": []};
const table_tier_disk_bytes = {"values": [500000000000, 500000000000, 1000000000000, 2000000000000], "thresholds": []};
const _choose = (condition, yes, no) => {
return (condition ? yes : no);
};
const hump = (channels, load, m) => {
let bend, mode, reach, slope, width;
mode = m.maximum((channels - load), 0.0);
reach = (load + mode);
slope = (1.0 - (channels / reach));
bend = (channels / (reach * reach));
width = ((m.sqrt(((slope * slope) + ((2.0 * 33.0) * bend))) - slope) / bend);
return [mode, m.maximum((mode - width), 0.0), (mode + (width * (1.0 + ((0.4 * width) / reach))))];
};
const _legendre = (count, x) => {
let before, order, value;
[before, value] = [1.0, x];
for (order = 2; order < (count + 1); order += 1) {
[before, value] = [value, ((((((2 * order) - 1) * x) * value) - ((order - 1) * before)) / order)];
}
return [value, ((count * ((x * value) - before)) / ((x * x) - 1))];
};
const gauss_legendre = memo((count) => {
let _, index, nodes, slope, value, weight, x;
nodes = [];
for (index = 0; index < Math.floor(count / 2); index += 1) {
x = Math.cos(((3.141592653589793 * (index + 0.75)) / (count + 0.5)));
for (_ = 0; _ < 4; _ += 1) {
[value, slope] = _legendre(count, x);
x -= (value / slope);
}
weight = (2 / (((1 - (x * x)) * slope) * slope));
nodes.push(...[[x, weight], [(-x), weight]]);
}
return nodes;
});
const integrated = (channels, load, nodes, m) => {
let area, at, end, exp, growth, half, height, log1p, middle, mode, node, part, slope, start, weight;
[mode, start, end] = hump(channels, load, m);
height = ((channels * m.log1p((mode / load))) - mode);
half = ((end - start) * 0.5);
middle = (start + half);
area = slope = 0.0;
[log1p, exp] = [m.log1p, m.exp];
for ([node, weight] of gauss_legendre(nodes)) {
at = (middle + (half * node));
growth = log1p((at / load));
part = (weight * exp((((channels * growth) - at) - height)));
area = (area + part);
slope = (slope + (part * growth));
}
return [(height + m.log((area * half))), (slope / area)];
};
const log_reciprocal = (channels, load, m) => {
return integrated(channels, load, 40, m);
};
const _improved = (load, count, found, goal, m) => {
let blocking, missing, overloaded, reciprocal, slope;
[blocking, overloaded] = goal;
slope = ((count - load) + (load * m.exp((-found))));
missing = (m.log(blocking) + found);
reciprocal = m.maximum((1.0 - ((m.exp(m.minimum(missing, 1.0)) - 1.0) / slope)), 0.1);
return m.where(overloaded, (load / reciprocal), (load * m.exp(m.minimum((missing / slope), 1.0))));
};
const solve_load = (count, blocking, m) => {
let _, density, found, least, load, spread;
density = (blocking * m.sqrt(((2.0 * 3.141592653589793) * count)));
spread = m.sqrt((((-2.0) * m.log(m.minimum(density, 1.0))) * count));
least = (m.exp(((m.log(density) / count) - 1.0)) * count);
load = m.where((density > 1.0), (count / (1.0 - blocking)), m.maximum((count - spread), m.maximum(least, 1e-200)));
for (_ = 0; _ < 6; _ += 1) {
found = log_reciprocal(count, load, m)[0];
load = m.maximum(_improved(load, count, found, [blocking, (density > 1.0)], m), 1e-200);
}
return load;
};
const erlangs = memo((count, blocking) => {
return ((count > 0) ? solve_load(count, blocking, {"exp": Math.exp, "log": Math.log, "log1p": Math.log1p, "sqrt": Math.sqrt, "maximum": Math.max, "minimum": Math.min, "where": _choose}) : 0.0);
});
const where = (condition, yes, no) => {
return (condition ? yes() : no());
};
const _full = (count, callers, idle_load) => {
let state, term, total;
[state, total, term] = [count, 1.0, 1.0];
while (((state > 0) && (term > (total * 1e-17)))) {
term *= (state / (((callers - state) + 1) * idle_load));
total += term;
state -= 1;
}
return (1 / total);
};
const finite_channels = (load, sources, blocking) => {
let busy, callers, carried, count, found, idle_load, reach;
callers = Math.trunc(sources);
if (((load <= 0) || (callers <= 0))) {
return 0.0;
}
busy = Math.min((load / callers), (1 - 1e-09));
idle_load = (busy / (1 - busy));
reach = (idle_load * (1 - blocking));
count = Math.max((Math.trunc((((callers * reach) / (1 + reach)) * (1 - 1e-09))) - 1), 0);
found = _full(count, (callers - 1), idle_load);
while (((found > (blocking * (1 + 1e-09))) && (count < callers))) {
count += 1;
carried = (((callers - count) * idle_load) * found);
found = (carried / (count + carried));
}
return count;
};
const _count_up = (load, blocking) => {
let carried, found, step;
[found, step] = [1.0, 0];
while ((found > (blocking * (1 + 1e-09)))) {
step += 1;
carried = (load * found);
found = (carried / (step + carried));
}
return step;
};
const _step = (missing, overloaded, m) => {
return m.where(overloaded, (1.0 - m.exp((-missing))), missing);
};
const solve_channels = (load, blocking, m) => {
let _, channels, density, found, slope, spread, wanted;
wanted = (-m.log(blocking));
density = (blocking * m.sqrt(((2.0 * 3.141592653589793) * load)));
spread = m.sqrt((((-2.0) * m.log(m.minimum(density, 1.0))) * load));
channels = (m.maximum((load * (1.0 - blocking)), (load + spread)) + 1.0);
for (_ = 0; _ < 4; _ += 1) {
[found, slope] = log_reciprocal(channels, load, m);
channels = m.maximum((channels + (_step((wanted - found), (density > 1.0), m) / slope)), 0.01);
}
return channels;
};
const deviations = memo((position, blocking) => {
let load;
load = Math.exp((position * 0.25));
return ((solve_channels(load, blocking, {"exp": Math.exp, "log": Math.log, "log1p": Math.log1p, "sqrt": Math.sqrt, "maximum": Math.max, "minimum": Math.min, "where": _choose}) - (load * (1 - blocking))) / Math.sqrt(load));
});
const _curve = memo((start, blocking) => {
let before, behind, bend, here, rise, there, turn;
[before, here] = [deviations(start, blocking), deviations((start + 1), blocking)];
[there, behind] = [deviations((start + 2), blocking), deviations((start + 3), blocking)];
[rise, bend] = [(here - before), ((there - (2 * here)) + before)];
turn = (((behind - (3 * there)) + (3 * here)) - before);
return [before, ((rise - (bend / 2)) + (turn / 3)), ((bend / 2) - (turn / 2)), (turn / 6)];
});
const nearest = (whole, load, blocking, m) => {
let found, slope, start;
start = m.maximum(whole, 1.0);
[found, slope] = log_reciprocal(start, load, m);
return (start + (((-m.log(blocking)) - found) / slope));
};
const channels = memo((load, blocking) => {
let at, constant, first, found, second, spread, start, third, x;
if ((load <= 0)) {
return 0.0;
}
if ((load < 40.0)) {
return _count_up(load, blocking);
}
at = (Math.log(load) / 0.25);
start = (Math.trunc(at) - 1);
x = (at - start);
[constant, first, second, third] = _curve(start, blocking);
spread = (constant + (x * (first + (x * (second + (x * third))))));
found = ((load * (1 - blocking)) + (spread * Math.sqrt(load)));
if ((Math.abs((found - Math.round(found))) < (0.01 * (1 + (Math.sqrt(load) / 256))))) {
found = (nearest(Math.round(found), load, blocking, {"exp": Math.exp, "log": Math.log, "log1p": Math.log1p, "sqrt": Math.sqrt, "maximum": Math.max, "minimum": Math.min, "where": _choose}) * (1 - 1e-09));
}
return Math.ceil(found);
});
const surged = (load, ratio, measured, deviations) => {
let level, root;
if ((measured <= 0)) {
return (load * ratio);
}
root = ((Math.sqrt(((deviations * deviations) + ((4 * ratio) * measured))) - deviations) / 2);
level = (load * ((root * root) / measured));
return (level + (deviations * Math.sqrt(level)));
};
const whole = (value) => {
return Math.ceil((value * (1.0 - 1e-09)));
};
const ceil = (value) => {
return whole(value);
};
const quotient = (value, divisor, most) => {
return ((divisor > 0) ? Math.min((value / divisor), most) : most);
};
const excess = (value, limit) => {
return ((value > limit) ? (value - limit) : 0.0);
};
const exceeds = (ratio) => {
return ((ratio > (1.0 + 1e-09)) ? 1.0 : 0.0);
};
const part = (peak, load, servers, blocking, sources) => {
let callers, each;
if ((servers <= 1)) {
return peak;
}
if ((!sources)) {
return Math.min(peak, channels((load / servers), blocking));
}
callers = Math.ceil((sources / servers));
each = finite_channels(((load / sources) * callers), callers, blocking);
return Math.min(peak, each);
};
const split = (fixed, per_call, shared, capacity, least_room, peak, load, blocking, sources) => {
let carried, each, enough, few, room, servers, step;
room = ((capacity - fixed) * (1 + 1e-09));
if (((room < per_call) || (room <= 0))) {
return 0.0;
}
if ((((per_call * peak) + shared) <= room)) {
return 1.0;
}
if ((room < (least_room * capacity))) {
return 0.0;
}
carried = ((per_call * load) * (1 - blocking));
[few, enough, step] = [Math.max((Math.ceil((((carried + shared) / room) * (1 - 1e-09))) - 1.0), 1.0), Infinity, 1.0];
while (((enough - few) > 1)) {
servers = ((enough === Infinity) ? (few + step) : Math.floor((few + enough) / 2));
each = part(peak, load, servers, blocking, sources, finite_channels);
if ((((per_call * each) + (shared / servers)) > room)) {
[few, step] = [servers, (2 * step)];
} else {
enough = servers;
}
}
return enough;
};
const choose = (index, ...values) => {
return values[Math.trunc(index)];
};
const pick = (index, table) => {
return table.values[Math.trunc(index)];
};
const rung = (value, table) => {
return table.values[Math.min(bisect(table.values, (value * (1 - 1e-09)), false), (table.values.length - 1))];
};
const power_of_two = (value) => {
return (1 * 2 ** bits(Math.max((Math.ceil(value) - 1), 0)));
};
const within = (need, limit) => {
return (need <= (limit * (1 + 1e-09)));
};
const fixed = (values) => {
let figure, leaf;
return {...{["given.plan"]: 1.0}, ...Object.fromEntries(Object.entries({"plan.servers": "hardware.servers_planned", "plan.tier": "hardware.tier_index", "plan.ram": "server.ram_installed", "plan.disk": "server.disk_installed", "plan.nic": "server.link_installed"}).map(([leaf, figure]) => [leaf, values[figure]]))};
};
const grown = (leaves, growth, month) => {
let name;
return {...leaves, ...Object.fromEntries(["given.cps", "given.concurrent_calls", "given.daily_minutes"].map((name) => [name, (leaves[name] * ((1 + growth) ** month))]))};
};
const first_month = (holds, horizon) => {
let high, low, middle;
if ((!holds(0))) {
return 0;
}
if (holds(horizon)) {
return null;
}
[low, high] = [0, horizon];
while (((high - low) > 1)) {
middle = Math.floor((low + high) / 2);
[low, high] = (holds(middle) ? [middle, high] : [low, middle]);
}
return high;
};
const model = (L) => {
let v0, v1, v10, v100, v101, v102, v103, v104, v105, v106, v107, v108, v109, v11, v110, v111, v112, v113, v114, v115, v116, v117, v118, v119, v12, v120, v121, v122, v123, v124, v125, v126, v127, v128, v129, v13, v130, v131, v132, v133, v134, v135, v136, v137, v138, v139, v14, v140, v141, v142, v143, v144, v145, v146, v147, v148, v149, v15, v150, v151, v152, v153, v154, v155, v156, v157, v158, v159, v16, v160, v161, v162, v163, v164, v165, v166, v167, v168, v169, v17, v170, v171, v172, v173, v174, v175, v176, v177, v178, v179, v18, v180, v181, v182, v183, v184, v185, v186, v187, v188, v189, v19, v190, v191, v192, v193, v194, v195, v196, v197, v198, v199, v2, v20, v200, v201, v202, v203, v204, v205, v206, v207, v208, v209, v21, v210, v211, v212, v213, v214, v215, v216, v217, v218, v219, v22, v220, v221, v222, v223, v224, v225, v226, v227, v228, v229, v23, v230, v231, v232, v233, v234, v235, v236, v237, v238, v239, v24, v240, v241, v242, v243, v244, v245, v246, v247, v248, v249, v25, v250, v251, v252, v253, v254, v255, v256, v257, v258, v259, v26, v260, v261, v262, v263, v264, v265, v266, v267, v268, v269, v27, v270, v271, v272, v273, v274, v275, v276, v277, v278, v279, v28, v280, v281, v282, v283, v284, v285, v286, v287, v288, v289, v29, v290, v291, v292, v293, v294, v295, v296, v297, v298, v299, v3, v30, v300, v301, v302, v303, v304, v305, v306, v307, v308, v309, v31, v310, v311, v312, v313, v314, v315, v316, v317, v318, v319, v32, v320, v321, v322, v323, v324, v325, v326, v327, v328, v329, v33, v330, v331, v332, v333, v334, v335, v336, v337, v338, v339, v34, v340, v341, v342, v343, v344, v345, v346, v347, v348, v349, v35, v350, v351, v352, v353, v354, v355, v356, v357, v358, v359, v36, v360, v361, v362, v363, v364, v37, v38, v39, v4, v40, v41, v42, v43, v44, v45, v46, v47, v48, v49, v5, v50, v51, v52, v53, v54, v55, v56, v57, v58, v59, v6, v60, v61, v62, v63, v64, v65, v66, v67, v68, v69, v7, v70, v71, v72, v73, v74, v75, v76, v77, v78, v79, v8, v80, v81, v82, v83, v84, v85, v86, v87, v88, v89, v9, v90, v91, v92, v93, v94, v95, v96, v97, v98, v99;
[v202, v203, v204, v205, v206, v207, v208, v209, v210, v211, v212, v213, v214, v215, v216, v217, v218, v219, v220, v221, v222, v223, v224, v225, v226, v227, v228, v229, v230, v231, v232, v233, v234, v235, v236, v237, v238, v239, v240, v241, v242, v243, v244, v245, v246, v247, v248, v249, v250, v251, v252, v253, v254, v255, v256, v257, v258, v259, v260, v261, v262, v263, v264, v265, v266, v267, v268, v269, v270, v271, v272, v273, v274, v275, v276, v277, v278, v279, v280, v281, v282, v283, v284, v285, v286, v287, v288, v289, v290, v291, v292, v293, v294, v295, v296, v297, v298, v299, v300, v301, v302, v303, v304, v305, v306, v307, v308, v309, v310, v311, v312, v313, v314, v315, v316, v317, v318, v319, v320, v321, v322, v323, v324, v325, v326, v327, v328, v329, v330, v331, v332, v333, v334, v335, v336, v337, v338, v339, v340, v341, v342, v343, v344, v345, v346, v347, v348, v349, v350, v351, v352, v353, v354, v355, v356, v357, v358, v359, v360, v361, v362, v363, v364] = ["given.daily_minutes", "traffic.peak_factor", "traffic.setup_time", "traffic.asr", "traffic.acd", "given.by_calls", "given.concurrent_calls", "traffic.blocking", "given.by_minutes", "given.cps", "given.peak", "given.finite", "traffic.sources", "given.surge", "traffic.peak_calls_ratio", "traffic.peaks_at_erlangs", "traffic.peak_deviations", "given.restated", "traffic.early_media_share", "option.ipv6", "header.ipv6", "header.ipv4", "option.vlan", "framing.vlan_bytes", "option.srtp", "header.srtp_tag", "header.rtp", "header.udp", "framing.link_bytes", "framing.documented", "codec.caller_documented_bits_per_second", "codec.caller_packets_per_second", "codec.caller_payload", "codec.callee_documented_bits_per_second", "codec.callee_packets_per_second", "codec.callee_payload", "server.media", "sip.documented_bits_per_second_per_call", "traffic.egress_attempts", "sip.answered_bytes", "sip.failed_bytes", "sip.registrations_per_second", "sip.registration_bytes", "sip.retransmission_factor", "cdr.text_files", "cdr.recording_declared", "cdr.every_attempt", "cdr.unanswered_recorded", "traffic.load_factor", "cdr.interval", "cdr.max_files", "cdr.has_policy", "cdr.policy_days", "cdr.rotation_declared", "cdr.line_bytes", "database.zero_hold_rows", "database.row_bytes", "database.days", "limit.calls_media", "limit.calls_signalling", "given.cores", "tier.starter.concurrent_calls", "tier.signalling_factor", "limit.room", "given.storage", "server.rotating", "storage.rotating_calls", "tier.starter.rotating", "traffic.peak_cps_ratio", "traffic.peaks_at_cps", "limit.cps_media", "limit.cps_signalling", "server.cores", "tier.starter.cpu_cores", "limit.reference_cores", "cpu.share_media", "cpu.share_signalling", "codec.transcoded_share", "cpu.transcoding_factor", "cpu.reference_calls", "cpu.ceiling", "database.connections", "database.bytes_per_connection", "memory.system_bytes", "memory.java_bytes", "memory.softswitch_bytes", "option.conntrack", "sip.peers", "kernel.conntrack_entry_bytes", "memory.call_bytes", "kernel.ports_per_call", "kernel.failed_media_share", "kernel.conntrack_timeout", "database.index_bytes", "database.hot_index_window", "database.hot_rows_window", "database.pool_overhead", "given.ram", "server.ram", "tier.starter.ram_bytes", "memory.ceiling", "disk.system_bytes", "disk.log_bytes", "cdr.illegal_recorded", "attack.illegal_cps", "database.binary_log", "database.binary_log_expires", "database.binary_log_seconds", "given.disk", "server.disk", "disk.largest", "disk.ceiling", "database.innodb", "database.flush_every_commit", "database.background_fsyncs", "database.page_writes_per_row", "server.write_operations_offered", "tier.starter.write_operations_per_second", "option.rtcp", "rtcp.interval", "cpu.packets_per_core", "framing.wire_bytes", "framing.tag_bytes", "rtcp.share", "rtcp.packet_bytes", "given.nic", "server.nic", "link.fastest", "link.ceiling", "kernel.ports_available", "topology.most", "tier.professional.concurrent_calls", "tier.professional.rotating", "tier.professional.cpu_cores", "tier.professional.ram_bytes", "tier.professional.write_operations_per_second", "tier.enterprise.concurrent_calls", "tier.enterprise.rotating", "tier.enterprise.cpu_cores", "tier.enterprise.ram_bytes", "tier.enterprise.write_operations_per_second", "tier.carrier.concurrent_calls", "tier.carrier.rotating", "tier.carrier.cpu_cores", "tier.carrier.ram_bytes", "tier.carrier.write_operations_per_second", "given.plan", "plan.servers", "given.servers", "topology.servers", "topology.spare", "topology.dr", "plan.tier", "plan.ram", "plan.disk", "plan.nic", "kernel.service_descriptors", "kernel.descriptor_headroom", "traffic.peak_cps_second_ratio", "kernel.conntrack_little_ram", "kernel.conntrack_default", "kernel.conntrack_default_little", "kernel.conntrack_headroom"].map((name) => L[name]);
v0 = (((v202 * 60) / 86400) * v203);
v1 = (v205 * v206);
v2 = (v204 + v1);
v3 = where(v207, () => (erlangs(v208, v209) / v2), () => where(v210, () => (v0 / v1), () => v211));
v4 = where(v207, () => erlangs(v208, v209), () => where(v210, () => (v0 + (v3 * v204)), () => (v3 * v2)));
v5 = where(v212, () => v208, () => Math.max(where(v213, () => finite_channels(v4, v214, v209), () => channels(v4, v209)), where(v215, () => ceil(surged(v4, v216, v217, v218)), () => 0)));
v6 = where(v219, () => erlangs(v5, v209), () => v4);
v7 = quotient(((v204 * v220) + v1), v2, 1);
v8 = (v6 * v7);
v9 = Math.min(v5, channels(v8, v209));
v10 = ((where(v221, () => (v222 - v223), () => 0) + where(v224, () => v225, () => 0)) + where(v226, () => v227, () => 0));
v11 = (v228 + v229);
v12 = (v11 + v223);
v13 = ((v12 + v230) + v10);
v14 = where(v231, () => (v232 + ((v233 * v10) * 8)), () => ((v234 + (v233 * v13)) * 8));
v15 = where(v231, () => (v235 + ((v236 * v10) * 8)), () => ((v237 + (v236 * v13)) * 8));
v16 = (v14 + v15);
v17 = where(v238, () => (v9 * v16), () => 0);
v18 = (v5 * v239);
v19 = (v3 * v205);
v20 = (v3 * v240);
v21 = (((((v19 * v241) + (excess(v20, v19) * v242)) + (v243 * v244)) * v245) * 8);
v22 = Math.max(v18, v21);
v23 = where(v246, () => where(v247, () => where(v248, () => 1, () => v205), () => (v205 + ((1 - v205) * exceeds((v249 + v249))))), () => 0);
v24 = (v3 * v23);
v25 = where(v210, () => (1 / v203), () => v250);
v26 = (v251 * v252);
v27 = where(v253, () => (v254 * 86400), () => v26);
v28 = where(v255, () => Math.min(v26, v27), () => v27);
v29 = (((v24 * v256) * v25) * v28);
v30 = where(v257, () => v3, () => v19);
v31 = ((v30 * 86400) * v25);
v32 = (v31 * v258);
v33 = (v32 * v259);
v34 = where(v238, () => v260, () => v261);
v35 = Math.min(v34, where(v262, () => v34, () => (v263 * where(v238, () => 1, () => v264))));
v36 = where(v213, () => v214, () => 0);
v37 = split(0, 1, 0, v35, v265, v5, v6, v209, v36);
v38 = where(v266, () => where(v267, () => v268, () => v34), () => where(v269, () => v268, () => v34));
v39 = split(0, 1, 0, v38, v265, v5, v6, v209, v36);
v40 = (surged((v3 * 60), v270, (v271 * 60), v218) / 60);
v41 = where(v238, () => v272, () => v273);
v42 = where(v262, () => v274, () => v275);
v43 = ((v41 * Math.min(v42, v276)) / v276);
v44 = split(0, 0, v40, v43, v265, v5, v6, v209, v36);
v45 = quotient(v9, v5, 1);
v46 = where(v238, () => v277, () => v278);
v47 = (((((v45 * v46) + ((1 - v45) * Math.min(v46, v278))) * (1 + (v279 * excess(v280, 1)))) / v281) * v276);
v48 = (v42 * v282);
v49 = split(0, v47, 0, v48, v265, v5, v6, v209, v36);
v50 = (v283 * v284);
v51 = (((v285 + v286) + v287) + v50);
v52 = (v51 + where(v288, () => (v289 * v290), () => 0));
v53 = (v291 + where(v288, () => where(v238, () => (v292 * v290), () => 0), () => 0));
v54 = where(v238, () => (((v19 + (excess(v3, v19) * v293)) * v292) * v294), () => 0);
v55 = (((v30 * v25) * v295) * v296);
v56 = (v55 + ((v30 * v258) * v297));
v57 = (where(v288, () => (v54 * v290), () => 0) + (v56 * v298));
v58 = where(v299, () => v300, () => v301);
v59 = (v52 / v302);
v60 = (v53 / v302);
v61 = (v57 / v302);
v62 = split(v59, v60, v61, v58, v265, v5, v6, v209, v36);
v63 = (v303 + v304);
v64 = where(v246, () => where(v305, () => (v306 * 86400), () => 0), () => 0);
v65 = (((v64 * v256) * v28) / 86400);
v66 = where(v307, () => (v31 * excess(v258, v295)), () => 0);
v67 = (v66 * where(v308, () => (v309 / 86400), () => v259));
v68 = (((v29 + v65) + v33) + v67);
v69 = where(v310, () => v311, () => v312);
v70 = (v63 / v313);
v71 = (v68 / v313);
v72 = split(v70, 0, v71, v69, v265, v5, v6, v209, v36);
v73 = where(v314, () => (where(v315, () => v30, () => 0) + v316), () => 0);
v74 = ((v30 * v317) + v73);
v75 = where(v266, () => v318, () => v319);
v76 = split(0, 0, v74, v75, v265, v5, v6, v209, v36);
v77 = (v233 + v236);
v78 = where(v238, () => (v77 + where(v320, () => ((1 + 1) / v321), () => 0)), () => 0);
v79 = (v42 * v322);
v80 = (v45 * v78);
v81 = split(0, v80, 0, v79, v265, v5, v6, v209, v36);
v82 = (((v12 + v323) + v10) + where(v224, () => excess(v324, v225), () => 0));
v83 = where(v320, () => Math.min((v325 * v16), (((v326 * 8) + (v326 * 8)) / v321)), () => 0);
v84 = where(v238, () => ((((v234 + v237) + (v77 * v82)) * 8) + v83), () => 0);
v85 = (where(v327, () => v328, () => v329) * v330);
v86 = (v45 * v84);
v87 = (v86 + v239);
v88 = Math.max(split(0, v87, 0, v85, v265, v5, v6, v209, v36), split(0, v86, v21, v85, v265, v5, v6, v209, v36));
v89 = v331;
v90 = split(0, where(v238, () => v292, () => 0), 0, v89, v265, v5, v6, v209, v36);
v91 = Math.max(1, v37, v39, v44, v49, v62, v72, v76, v81, v88, v90);
v92 = (((((((((excess(1, v37) + excess(1, v39)) + excess(1, v44)) + excess(1, v49)) + excess(1, v62)) + excess(1, v72)) + excess(1, v76)) + excess(1, v81)) + excess(1, v88)) + excess(1, v90));
v93 = (v91 + (v92 * v332));
v94 = Math.min(v34, where(v262, () => v34, () => (v333 * where(v238, () => 1, () => v264))));
v95 = split(0, 1, 0, v94, v265, v5, v6, v209, v36);
v96 = where(v266, () => where(v267, () => v268, () => v34), () => where(v334, () => v268, () => v34));
v97 = split(0, 1, 0, v96, v265, v5, v6, v209, v36);
v98 = where(v262, () => v274, () => v335);
v99 = ((v41 * Math.min(v98, v276)) / v276);
v100 = split(0, 0, v40, v99, v265, v5, v6, v209, v36);
v101 = (v98 * v282);
v102 = split(0, v47, 0, v101, v265, v5, v6, v209, v36);
v103 = where(v299, () => v300, () => v336);
v104 = split(v59, v60, v61, v103, v265, v5, v6, v209, v36);
v105 = v72;
v106 = where(v266, () => v318, () => v337);
v107 = split(0, 0, v74, v106, v265, v5, v6, v209, v36);
v108 = (v98 * v322);
v109 = split(0, v80, 0, v108, v265, v5, v6, v209, v36);
v110 = v88;
v111 = v90;
v112 = Math.max(1, v95, v97, v100, v102, v104, v105, v107, v109, v110, v111);
v113 = (((((((((excess(1, v95) + excess(1, v97)) + excess(1, v100)) + excess(1, v102)) + excess(1, v104)) + excess(1, v105)) + excess(1, v107)) + excess(1, v109)) + excess(1, v110)) + excess(1, v111));
v114 = (v112 + (v113 * v332));
v115 = Math.min(v34, where(v262, () => v34, () => (v338 * where(v238, () => 1, () => v264))));
v116 = split(0, 1, 0, v115, v265, v5, v6, v209, v36);
v117 = where(v266, () => where(v267, () => v268, () => v34), () => where(v339, () => v268, () => v34));
v118 = split(0, 1, 0, v117, v265, v5, v6, v209, v36);
v119 = where(v262, () => v274, () => v340);
v120 = ((v41 * Math.min(v119, v276)) / v276);
v121 = split(0, 0, v40, v120, v265, v5, v6, v209, v36);
v122 = (v119 * v282);
v123 = split(0, v47, 0, v122, v265, v5, v6, v209, v36);
v124 = where(v299, () => v300, () => v341);
v125 = split(v59, v60, v61, v124, v265, v5, v6, v209, v36);
v126 = v72;
v127 = where(v266, () => v318, () => v342);
v128 = split(0, 0, v74, v127, v265, v5, v6, v209, v36);
v129 = (v119 * v322);
v130 = split(0, v80, 0, v129, v265, v5, v6, v209, v36);
v131 = v88;
v132 = v90;
v133 = Math.max(1, v116, v118, v121, v123, v125, v126, v128, v130, v131, v132);
v134 = (((((((((excess(1, v116) + excess(1, v118)) + excess(1, v121)) + excess(1, v123)) + excess(1, v125)) + excess(1, v126)) + excess(1, v128)) + excess(1, v130)) + excess(1, v131)) + excess(1, v132));
v135 = (v133 + (v134 * v332));
v136 = Math.min(v34, where(v262, () => v34, () => (v343 * where(v238, () => 1, () => v264))));
v137 = split(0, 1, 0, v136, v265, v5, v6, v209, v36);
v138 = where(v266, () => where(v267, () => v268, () => v34), () => where(v344, () => v268, () => v34));
v139 = split(0, 1, 0, v138, v265, v5, v6, v209, v36);
v140 = where(v262, () => v274, () => v345);
v141 = ((v41 * Math.min(v140, v276)) / v276);
v142 = split(0, 0, v40, v141, v265, v5, v6, v209, v36);
v143 = (v140 * v282);
v144 = split(0, v47, 0, v143, v265, v5, v6, v209, v36);
v145 = where(v299, () => v300, () => v346);
v146 = split(v59, v60, v61, v145, v265, v5, v6, v209, v36);
v147 = v72;
v148 = where(v266, () => v318, () => v347);
v149 = split(0, 0, v74, v148, v265, v5, v6, v209, v36);
v150 = (v140 * v322);
v151 = split(0, v80, 0, v150, v265, v5, v6, v209, v36);
v152 = v88;
v153 = v90;
v154 = Math.max(1, v137, v139, v142, v144, v146, v147, v149, v151, v152, v153);
v155 = (((((((((excess(1, v137) + excess(1, v139)) + excess(1, v142)) + excess(1, v144)) + excess(1, v146)) + excess(1, v147)) + excess(1, v149)) + excess(1, v151)) + excess(1, v152)) + excess(1, v153));
v156 = (v154 + (v155 * v332));
v157 = Math.min(v93, v114, v135, v156);
v158 = Math.min(v93, v114);
v159 = Math.min(v93, v114, v135);
v160 = choose(((exceeds((v93 / v157)) + exceeds((v158 / v157))) + exceeds((v159 / v157))), v91, v112, v133, v154);
v161 = where(v348, () => v349, () => where(v350, () => v351, () => Math.max(v160, v351)));
v162 = v352;
v163 = where(v353, () => v161, () => 0);
v164 = ((v161 + v162) + v163);
v165 = Math.max(v157, v351);
v166 = where(v348, () => v354, () => ((exceeds((v93 / v165)) + exceeds((v158 / v165))) + exceeds((v159 / v165))));
v167 = part(v5, v6, v161, v209, v36);
v168 = where(v238, () => 1, () => v264);
v169 = (v263 * v168);
v170 = (v333 * v168);
v171 = (v338 * v168);
v172 = ((exceeds((v167 / v169)) + exceeds((v167 / v170))) + exceeds((v167 / v171)));
v173 = pick(where(v299, () => v172, () => v166), table_tier_ram_bytes);
v174 = (1 / v161);
v175 = (((v52 + (v167 * v53)) + (v57 * v174)) / v302);
v176 = where(v348, () => v161, () => Math.max(v161, v160));
v177 = where(exceeds((v176 / v161)), () => part(v5, v6, v176, v209, v36), () => v167);
v178 = where(v348, () => v175, () => ((v59 + (v177 * v60)) + (v61 / v176)));
v179 = where(v299, () => v300, () => where(v348, () => v355, () => Math.max(v173, rung(v178, table_ram_sizes))));
v180 = pick(where(v310, () => v172, () => v166), table_tier_disk_bytes);
v181 = (((v68 * v174) + v63) / v313);
v182 = where(v348, () => v181, () => (v70 + (v71 / v176)));
v183 = where(v310, () => v311, () => where(v348, () => v356, () => Math.max(v180, rung(v182, table_disk_sizes))));
v184 = (v167 * v45);
v185 = ((v184 * v84) + Math.max((v167 * v239), (v21 * v174)));
v186 = where(v348, () => v185, () => Math.max((v177 * v87), ((v177 * v86) + (v21 / v176))));
v187 = where(v327, () => v328, () => where(v348, () => v357, () => rung((v186 / v330), table_link_rates)));
v188 = (v40 * v174);
v189 = (v167 * v47);
v190 = (v175 * v302);
v191 = (v181 * v313);
v192 = (v74 * v174);
v193 = (v184 * v78);
v194 = where(v238, () => (v167 * v292), () => 0);
v195 = where(v288, () => ((v194 + (v54 * v174)) + v289), () => 0);
v196 = ceil(((v194 + v358) * v359));
v197 = ceil((v27 / v251));
v198 = surged((v3 * v174), v360, v271, v218);
v199 = pick(where(v262, () => v172, () => v166), table_tier_cpu_cores);
v200 = where(v262, () => v274, () => v199);
v201 = Math.max(where(exceeds((v179 / v361)), () => v362, () => v363), power_of_two((v195 * v364)));
return {["traffic.offered_erlangs"]: v4, ["traffic.concurrent_calls_peak"]: v5, ["network.media_bits_per_second"]: v17, ["network.signalling_bits_per_second"]: v22, ["cdr.retained_bytes"]: v29, ["database.rows_per_day"]: v31, ["database.retained_bytes"]: v33, ["tier.starter.concurrent_calls_available"]: v35, ["tier.starter.cps_available"]: v43, ["tier.starter.disk_writes_available"]: v75, ["tier.starter.packets_per_second_available"]: v79, ["tier.professional.concurrent_calls_available"]: v94, ["tier.professional.cps_available"]: v99, ["tier.professional.disk_writes_available"]: v106, ["tier.professional.packets_per_second_available"]: v108, ["tier.enterprise.concurrent_calls_available"]: v115, ["tier.enterprise.cps_available"]: v120, ["tier.enterprise.disk_writes_available"]: v127, ["tier.enterprise.packets_per_second_available"]: v129, ["tier.carrier.concurrent_calls_available"]: v136, ["tier.carrier.cps_available"]: v141, ["tier.carrier.disk_writes_available"]: v148, ["tier.carrier.packets_per_second_available"]: v150, ["hardware.servers"]: v160, ["hardware.servers_planned"]: v161, ["hardware.servers_total"]: v164, ["hardware.tier_index"]: v166, ["server.concurrent_calls"]: v167, ["server.ram_installed"]: v179, ["server.disk_installed"]: v183, ["server.wire_bits_per_second"]: v185, ["server.link_installed"]: v187, ["server.cps"]: v188, ["server.cpu_cores"]: v189, ["server.ram_used"]: v190, ["server.disk_used"]: v191, ["server.write_operations_per_second"]: v192, ["server.packets_per_second"]: v193, ["server.udp_ports"]: v194, ["server.conntrack_entries"]: v195, ["server.file_descriptors"]: v196, ["cdr.required_max_files"]: v197, ["server.highest_cps"]: v198, ["server.cores_installed"]: v200, ["server.conntrack_max"]: v201};
};
return { model, within, fixed, grown, first_month };
})();
