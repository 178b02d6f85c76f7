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
const total = (parts) => {
return parts;
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
const integrated = (channels, load, nodes, m) => {
let area, at, end, exp, growth, half, height, log1p, middle, mode, node, part, slope, start, weight;
[mode, start, end] = hump(channels, load, m);
height = ((channels * m.log1p((mode / load))) - mode);
half = ((end - start) * 0.5);
middle = (start + half);
area = slope = 0.0;
[log1p, exp] = [m.log1p, m.exp];
for ([node, weight] of m.nodes(nodes)) {
at = (middle + (half * node));
growth = log1p((at / load));
part = (weight * exp((((channels * growth) - at) - height)));
area = (area + part);
slope = (slope + (part * growth));
}
area = m.total(area);
return [(height + m.log((area * half))), (m.total(slope) / area)];
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
return ((count > 0) ? solve_load(count, blocking, {"exp": Math.exp, "log": Math.log, "log1p": Math.log1p, "sqrt": Math.sqrt, "maximum": Math.max, "minimum": Math.min, "where": _choose, "nodes": gauss_legendre, "total": total}) : 0.0);
});
const where = (condition, yes, no) => {
return (condition ? yes() : no());
};
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
return ((solve_channels(load, blocking, {"exp": Math.exp, "log": Math.log, "log1p": Math.log1p, "sqrt": Math.sqrt, "maximum": Math.max, "minimum": Math.min, "where": _choose, "nodes": gauss_legendre, "total": total}) - (load * (1 - blocking))) / Math.sqrt(load));
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
found = (nearest(Math.round(found), load, blocking, {"exp": Math.exp, "log": Math.log, "log1p": Math.log1p, "sqrt": Math.sqrt, "maximum": Math.max, "minimum": Math.min, "where": _choose, "nodes": gauss_legendre, "total": total}) * (1 - 1e-09));
}
return Math.ceil(found);
});
const quotient = (value, divisor, most) => {
return ((divisor > 0) ? Math.min((value / divisor), most) : most);
};
const either = (condition, yes, no) => {
return (condition ? yes : no);
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
return {...leaves, ...Object.fromEntries(["given.cps", "given.concurrent_calls", "given.daily_minutes", "traffic.sources"].map((name) => [name, (leaves[name] * ((1 + growth) ** month))]))};
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
let v0, v1, v10, v100, v101, v102, v103, v104, v105, v106, v107, v108, v109, v11, v110, v111, v112, v113, v114, v115, v116, v117, v118, v119, v12, v120, v121, v122, v123, v124, v125, v126, v127, v128, v129, v13, v130, v131, v132, v133, v134, v135, v136, v137, v138, v139, v14, v140, v141, v142, v143, v144, v145, v146, v147, v148, v149, v15, v150, v151, v152, v153, v154, v155, v156, v157, v158, v159, v16, v160, v161, v162, v163, v164, v165, v166, v167, v168, v169, v17, v170, v171, v172, v173, v174, v175, v176, v177, v178, v179, v18, v180, v181, v182, v183, v184, v185, v186, v187, v188, v189, v19, v190, v191, v192, v193, v194, v195, v196, v197, v198, v199, v2, v20, v200, v201, v202, v203, v204, v205, v206, v207, v208, v209, v21, v210, v211, v212, v213, v214, v215, v216, v217, v218, v219, v22, v220, v221, v222, v223, v224, v225, v226, v227, v228, v229, v23, v230, v231, v232, v233, v234, v235, v236, v237, v238, v239, v24, v240, v241, v242, v243, v244, v245, v246, v247, v248, v249, v25, v250, v251, v252, v253, v254, v255, v256, v257, v258, v259, v26, v260, v261, v262, v263, v264, v265, v266, v267, v268, v269, v27, v270, v271, v272, v273, v274, v275, v276, v277, v278, v279, v28, v280, v281, v282, v283, v284, v285, v286, v287, v288, v289, v29, v290, v291, v292, v293, v294, v295, v296, v297, v298, v299, v3, v30, v300, v301, v302, v303, v304, v305, v306, v307, v308, v309, v31, v310, v311, v312, v313, v314, v315, v316, v317, v318, v319, v32, v320, v321, v322, v323, v324, v325, v326, v327, v328, v329, v33, v330, v331, v332, v333, v334, v335, v336, v337, v338, v339, v34, v340, v341, v342, v343, v344, v345, v346, v347, v348, v349, v35, v350, v351, v352, v353, v354, v355, v356, v357, v358, v359, v36, v360, v361, v362, v363, v364, v365, v37, v38, v39, v4, v40, v41, v42, v43, v44, v45, v46, v47, v48, v49, v5, v50, v51, v52, v53, v54, v55, v56, v57, v58, v59, v6, v60, v61, v62, v63, v64, v65, v66, v67, v68, v69, v7, v70, v71, v72, v73, v74, v75, v76, v77, v78, v79, v8, v80, v81, v82, v83, v84, v85, v86, v87, v88, v89, v9, v90, v91, v92, v93, v94, v95, v96, v97, v98, v99;
[v203, v204, v205, v206, v207, v208, v209, v210, v211, v212, v213, v214, v215, v216, v217, v218, v219, v220, v221, v222, v223, v224, v225, v226, v227, v228, v229, v230, v231, v232, v233, v234, v235, v236, v237, v238, v239, v240, v241, v242, v243, v244, v245, v246, v247, v248, v249, v250, v251, v252, v253, v254, v255, v256, v257, v258, v259, v260, v261, v262, v263, v264, v265, v266, v267, v268, v269, v270, v271, v272, v273, v274, v275, v276, v277, v278, v279, v280, v281, v282, v283, v284, v285, v286, v287, v288, v289, v290, v291, v292, v293, v294, v295, v296, v297, v298, v299, v300, v301, v302, v303, v304, v305, v306, v307, v308, v309, v310, v311, v312, v313, v314, v315, v316, v317, v318, v319, v320, v321, v322, v323, v324, v325, v326, v327, v328, v329, v330, v331, v332, v333, v334, v335, v336, v337, v338, v339, v340, v341, v342, v343, v344, v345, v346, v347, v348, v349, v350, v351, v352, v353, v354, v355, v356, v357, v358, v359, v360, v361, v362, v363, v364, v365] = ["given.daily_minutes", "traffic.peak_factor", "traffic.setup_time", "traffic.asr", "traffic.acd", "given.by_calls", "given.concurrent_calls", "traffic.blocking", "given.by_minutes", "given.cps", "given.surge", "traffic.peak_calls_ratio", "traffic.peaks_at_erlangs", "traffic.peak_deviations", "given.peak", "given.finite", "traffic.sources", "given.restated", "traffic.early_media_share", "option.ipv6", "header.ipv6", "header.ipv4", "option.vlan", "framing.vlan_bytes", "option.srtp", "header.srtp_tag", "header.rtp", "header.udp", "framing.link_bytes", "framing.documented", "codec.caller_documented_bits_per_second", "codec.caller_packets_per_second", "codec.caller_payload", "codec.callee_documented_bits_per_second", "codec.callee_packets_per_second", "codec.callee_payload", "server.media", "sip.documented_bits_per_second_per_call", "traffic.egress_attempts", "sip.answered_bytes", "sip.failed_bytes", "sip.registrations_per_second", "sip.registration_bytes", "sip.retransmission_factor", "cdr.text_files", "cdr.recording_declared", "cdr.every_attempt", "cdr.unanswered_recorded", "traffic.load_factor", "cdr.interval", "cdr.max_files", "cdr.has_policy", "cdr.policy_days", "cdr.rotation_declared", "cdr.line_bytes", "database.zero_hold_rows", "database.row_bytes", "database.days", "limit.calls_media", "limit.calls_signalling", "given.cores", "tier.starter.concurrent_calls", "tier.signalling_factor", "limit.room", "given.storage", "server.rotating", "storage.rotating_calls", "tier.starter.rotating", "traffic.peak_cps_ratio", "traffic.peaks_at_cps", "limit.cps_media", "limit.cps_signalling", "server.cores", "tier.starter.cpu_cores", "limit.reference_cores", "cpu.share_media", "cpu.share_signalling", "codec.transcoded_share", "cpu.transcoding_factor", "cpu.reference_calls", "cpu.ceiling", "database.connections", "database.bytes_per_connection", "memory.system_bytes", "memory.java_bytes", "memory.softswitch_bytes", "option.conntrack", "sip.peers", "kernel.conntrack_entry_bytes", "memory.call_bytes", "kernel.ports_per_call", "kernel.failed_media_share", "kernel.conntrack_timeout", "database.index_bytes", "database.hot_index_window", "database.hot_rows_window", "database.pool_overhead", "given.ram", "server.ram", "tier.starter.ram_bytes", "memory.ceiling", "disk.system_bytes", "disk.log_bytes", "cdr.illegal_recorded", "attack.illegal_cps", "database.binary_log", "database.binary_log_expires", "database.binary_log_seconds", "given.disk", "server.disk", "disk.largest", "disk.ceiling", "database.innodb", "database.flush_every_commit", "database.background_fsyncs", "database.page_writes_per_row", "server.write_operations_offered", "tier.starter.write_operations_per_second", "option.rtcp", "rtcp.interval", "cpu.packets_per_core", "framing.wire_bytes", "framing.tag_bytes", "rtcp.share", "rtcp.packet_bytes", "given.nic", "server.nic", "link.fastest", "link.ceiling", "kernel.ports_available", "topology.most", "tier.professional.concurrent_calls", "tier.professional.rotating", "tier.professional.cpu_cores", "tier.professional.ram_bytes", "tier.professional.write_operations_per_second", "tier.enterprise.concurrent_calls", "tier.enterprise.rotating", "tier.enterprise.cpu_cores", "tier.enterprise.ram_bytes", "tier.enterprise.write_operations_per_second", "tier.carrier.concurrent_calls", "tier.carrier.rotating", "tier.carrier.cpu_cores", "tier.carrier.ram_bytes", "tier.carrier.write_operations_per_second", "given.plan", "plan.servers", "given.servers", "topology.servers", "topology.spare", "topology.dr", "plan.tier", "plan.ram", "plan.disk", "plan.nic", "kernel.service_descriptors", "kernel.descriptor_headroom", "traffic.peak_cps_second_ratio", "kernel.conntrack_little_ram", "kernel.conntrack_default", "kernel.conntrack_default_little", "kernel.conntrack_headroom"].map((name) => L[name]);
v0 = (((v203 * 60) / 86400) * v204);
v1 = (v206 * v207);
v2 = (v205 + v1);
v3 = where(v208, () => (erlangs(v209, v210) / v2), () => where(v211, () => (v0 / v1), () => v212));
v4 = where(v208, () => erlangs(v209, v210), () => where(v211, () => (v0 + (v3 * v205)), () => (v3 * v2)));
v5 = where(v213, () => ceil(surged(v4, v214, v215, v216)), () => 0);
v6 = where(v217, () => v209, () => where(v218, () => Math.min(v219, Math.max(finite_channels(v4, v219, v210), v5)), () => Math.max(channels(v4, v210), v5)));
v7 = where(v220, () => erlangs(v6, v210), () => v4);
v8 = quotient(((v205 * v221) + v1), v2, 1);
v9 = (v7 * v8);
v10 = Math.min(v6, channels(v9, v210));
v11 = ((where(v222, () => (v223 - v224), () => 0) + either(v225, v226, 0)) + either(v227, v228, 0));
v12 = (v229 + v230);
v13 = (v12 + v224);
v14 = ((v13 + v231) + v11);
v15 = where(v232, () => (v233 + ((v234 * v11) * 8)), () => ((v235 + (v234 * v14)) * 8));
v16 = where(v232, () => (v236 + ((v237 * v11) * 8)), () => ((v238 + (v237 * v14)) * 8));
v17 = (v15 + v16);
v18 = where(v239, () => (v10 * v17), () => 0);
v19 = (v6 * v240);
v20 = (v3 * v206);
v21 = (v3 * v241);
v22 = (((((v20 * v242) + (excess(v21, v20) * v243)) + (v244 * v245)) * v246) * 8);
v23 = Math.max(v19, v22);
v24 = where(v247, () => where(v248, () => either(v249, 1, v206), () => (v206 + ((1 - v206) * exceeds((v250 + v250))))), () => 0);
v25 = (v3 * v24);
v26 = where(v211, () => (1 / v204), () => v251);
v27 = (v252 * v253);
v28 = where(v254, () => (v255 * 86400), () => v27);
v29 = where(v256, () => Math.min(v27, v28), () => v28);
v30 = (((v25 * v257) * v26) * v29);
v31 = either(v258, v3, v20);
v32 = ((v31 * 86400) * v26);
v33 = (v32 * v259);
v34 = (v33 * v260);
v35 = either(v239, v261, v262);
v36 = Math.min(v35, where(v263, () => v35, () => (v264 * either(v239, 1, v265))));
v37 = either(v218, v219, 0);
v38 = split(0, 1, 0, v36, v266, v6, v7, v210, v37);
v39 = where(v267, () => either(v268, v269, v35), () => either(v270, v269, v35));
v40 = split(0, 1, 0, v39, v266, v6, v7, v210, v37);
v41 = (surged((v3 * 60), v271, (v272 * 60), v216) / 60);
v42 = either(v239, v273, v274);
v43 = either(v263, v275, v276);
v44 = ((v42 * Math.min(v43, v277)) / v277);
v45 = split(0, 0, v41, v44, v266, v6, v7, v210, v37);
v46 = quotient(v10, v6, 1);
v47 = either(v239, v278, v279);
v48 = (((((v46 * v47) + ((1 - v46) * Math.min(v47, v279))) * (1 + (v280 * excess(v281, 1)))) / v282) * v277);
v49 = (v43 * v283);
v50 = split(0, v48, 0, v49, v266, v6, v7, v210, v37);
v51 = (v284 * v285);
v52 = (((v286 + v287) + v288) + v51);
v53 = (v52 + where(v289, () => (v290 * v291), () => 0));
v54 = (v292 + where(v289, () => where(v239, () => (v293 * v291), () => 0), () => 0));
v55 = where(v239, () => (((v20 + (excess(v3, v20) * v294)) * v293) * v295), () => 0);
v56 = (((v31 * v26) * v296) * v297);
v57 = (v56 + ((v31 * v259) * v298));
v58 = (where(v289, () => (v55 * v291), () => 0) + (v57 * v299));
v59 = either(v300, v301, v302);
v60 = (v53 / v303);
v61 = (v54 / v303);
v62 = (v58 / v303);
v63 = split(v60, v61, v62, v59, v266, v6, v7, v210, v37);
v64 = (v304 + v305);
v65 = where(v247, () => where(v306, () => (v307 * 86400), () => 0), () => 0);
v66 = (((v65 * v257) * v29) / 86400);
v67 = where(v308, () => (v32 * excess(v259, v296)), () => 0);
v68 = (v67 * where(v309, () => (v310 / 86400), () => v260));
v69 = (((v30 + v66) + v34) + v68);
v70 = either(v311, v312, v313);
v71 = (v64 / v314);
v72 = (v69 / v314);
v73 = split(v71, 0, v72, v70, v266, v6, v7, v210, v37);
v74 = where(v315, () => (either(v316, v31, 0) + v317), () => 0);
v75 = ((v31 * v318) + v74);
v76 = either(v267, v319, v320);
v77 = split(0, 0, v75, v76, v266, v6, v7, v210, v37);
v78 = (v234 + v237);
v79 = where(v239, () => (v78 + where(v321, () => ((1 + 1) / v322), () => 0)), () => 0);
v80 = (v43 * v323);
v81 = (v46 * v79);
v82 = split(0, v81, 0, v80, v266, v6, v7, v210, v37);
v83 = (((v13 + v324) + v11) + where(v225, () => excess(v325, v226), () => 0));
v84 = where(v321, () => Math.min((v326 * v17), (((v327 * 8) + (v327 * 8)) / v322)), () => 0);
v85 = where(v239, () => ((((v235 + v238) + (v78 * v83)) * 8) + v84), () => 0);
v86 = (either(v328, v329, v330) * v331);
v87 = (v46 * v85);
v88 = (v87 + v240);
v89 = Math.max(split(0, v88, 0, v86, v266, v6, v7, v210, v37), split(0, v87, v22, v86, v266, v6, v7, v210, v37));
v90 = v332;
v91 = split(0, either(v239, v293, 0), 0, v90, v266, v6, v7, v210, v37);
v92 = Math.max(1, v38, v40, v45, v50, v63, v73, v77, v82, v89, v91);
v93 = (((((((((excess(1, v38) + excess(1, v40)) + excess(1, v45)) + excess(1, v50)) + excess(1, v63)) + excess(1, v73)) + excess(1, v77)) + excess(1, v82)) + excess(1, v89)) + excess(1, v91));
v94 = (v92 + (v93 * v333));
v95 = Math.min(v35, where(v263, () => v35, () => (v334 * either(v239, 1, v265))));
v96 = split(0, 1, 0, v95, v266, v6, v7, v210, v37);
v97 = where(v267, () => either(v268, v269, v35), () => either(v335, v269, v35));
v98 = split(0, 1, 0, v97, v266, v6, v7, v210, v37);
v99 = either(v263, v275, v336);
v100 = ((v42 * Math.min(v99, v277)) / v277);
v101 = split(0, 0, v41, v100, v266, v6, v7, v210, v37);
v102 = (v99 * v283);
v103 = split(0, v48, 0, v102, v266, v6, v7, v210, v37);
v104 = either(v300, v301, v337);
v105 = split(v60, v61, v62, v104, v266, v6, v7, v210, v37);
v106 = v73;
v107 = either(v267, v319, v338);
v108 = split(0, 0, v75, v107, v266, v6, v7, v210, v37);
v109 = (v99 * v323);
v110 = split(0, v81, 0, v109, v266, v6, v7, v210, v37);
v111 = v89;
v112 = v91;
v113 = Math.max(1, v96, v98, v101, v103, v105, v106, v108, v110, v111, v112);
v114 = (((((((((excess(1, v96) + excess(1, v98)) + excess(1, v101)) + excess(1, v103)) + excess(1, v105)) + excess(1, v106)) + excess(1, v108)) + excess(1, v110)) + excess(1, v111)) + excess(1, v112));
v115 = (v113 + (v114 * v333));
v116 = Math.min(v35, where(v263, () => v35, () => (v339 * either(v239, 1, v265))));
v117 = split(0, 1, 0, v116, v266, v6, v7, v210, v37);
v118 = where(v267, () => either(v268, v269, v35), () => either(v340, v269, v35));
v119 = split(0, 1, 0, v118, v266, v6, v7, v210, v37);
v120 = either(v263, v275, v341);
v121 = ((v42 * Math.min(v120, v277)) / v277);
v122 = split(0, 0, v41, v121, v266, v6, v7, v210, v37);
v123 = (v120 * v283);
v124 = split(0, v48, 0, v123, v266, v6, v7, v210, v37);
v125 = either(v300, v301, v342);
v126 = split(v60, v61, v62, v125, v266, v6, v7, v210, v37);
v127 = v73;
v128 = either(v267, v319, v343);
v129 = split(0, 0, v75, v128, v266, v6, v7, v210, v37);
v130 = (v120 * v323);
v131 = split(0, v81, 0, v130, v266, v6, v7, v210, v37);
v132 = v89;
v133 = v91;
v134 = Math.max(1, v117, v119, v122, v124, v126, v127, v129, v131, v132, v133);
v135 = (((((((((excess(1, v117) + excess(1, v119)) + excess(1, v122)) + excess(1, v124)) + excess(1, v126)) + excess(1, v127)) + excess(1, v129)) + excess(1, v131)) + excess(1, v132)) + excess(1, v133));
v136 = (v134 + (v135 * v333));
v137 = Math.min(v35, where(v263, () => v35, () => (v344 * either(v239, 1, v265))));
v138 = split(0, 1, 0, v137, v266, v6, v7, v210, v37);
v139 = where(v267, () => either(v268, v269, v35), () => either(v345, v269, v35));
v140 = split(0, 1, 0, v139, v266, v6, v7, v210, v37);
v141 = either(v263, v275, v346);
v142 = ((v42 * Math.min(v141, v277)) / v277);
v143 = split(0, 0, v41, v142, v266, v6, v7, v210, v37);
v144 = (v141 * v283);
v145 = split(0, v48, 0, v144, v266, v6, v7, v210, v37);
v146 = either(v300, v301, v347);
v147 = split(v60, v61, v62, v146, v266, v6, v7, v210, v37);
v148 = v73;
v149 = either(v267, v319, v348);
v150 = split(0, 0, v75, v149, v266, v6, v7, v210, v37);
v151 = (v141 * v323);
v152 = split(0, v81, 0, v151, v266, v6, v7, v210, v37);
v153 = v89;
v154 = v91;
v155 = Math.max(1, v138, v140, v143, v145, v147, v148, v150, v152, v153, v154);
v156 = (((((((((excess(1, v138) + excess(1, v140)) + excess(1, v143)) + excess(1, v145)) + excess(1, v147)) + excess(1, v148)) + excess(1, v150)) + excess(1, v152)) + excess(1, v153)) + excess(1, v154));
v157 = (v155 + (v156 * v333));
v158 = Math.min(v94, v115, v136, v157);
v159 = Math.min(v94, v115);
v160 = Math.min(v94, v115, v136);
v161 = choose(((exceeds((v94 / v158)) + exceeds((v159 / v158))) + exceeds((v160 / v158))), v92, v113, v134, v155);
v162 = where(v349, () => v350, () => where(v351, () => v352, () => Math.max(v161, v352)));
v163 = v353;
v164 = either(v354, v162, 0);
v165 = ((v162 + v163) + v164);
v166 = Math.max(v158, v352);
v167 = where(v349, () => v355, () => ((exceeds((v94 / v166)) + exceeds((v159 / v166))) + exceeds((v160 / v166))));
v168 = part(v6, v7, v162, v210, v37);
v169 = either(v239, 1, v265);
v170 = (v264 * v169);
v171 = (v334 * v169);
v172 = (v339 * v169);
v173 = ((exceeds((v168 / v170)) + exceeds((v168 / v171))) + exceeds((v168 / v172)));
v174 = pick(either(v300, v173, v167), table_tier_ram_bytes);
v175 = (1 / v162);
v176 = (((v53 + (v168 * v54)) + (v58 * v175)) / v303);
v177 = where(v349, () => v162, () => Math.max(v162, v161));
v178 = where(exceeds((v177 / v162)), () => part(v6, v7, v177, v210, v37), () => v168);
v179 = where(v349, () => v176, () => ((v60 + (v178 * v61)) + (v62 / v177)));
v180 = where(v300, () => v301, () => where(v349, () => v356, () => Math.max(v174, rung(v179, table_ram_sizes))));
v181 = pick(either(v311, v173, v167), table_tier_disk_bytes);
v182 = (((v69 * v175) + v64) / v314);
v183 = where(v349, () => v182, () => (v71 + (v72 / v177)));
v184 = where(v311, () => v312, () => where(v349, () => v357, () => Math.max(v181, rung(v183, table_disk_sizes))));
v185 = (v168 * v46);
v186 = ((v185 * v85) + Math.max((v168 * v240), (v22 * v175)));
v187 = where(v349, () => v186, () => Math.max((v178 * v88), ((v178 * v87) + (v22 / v177))));
v188 = where(v328, () => v329, () => where(v349, () => v358, () => rung((v187 / v331), table_link_rates)));
v189 = (v41 * v175);
v190 = (v168 * v48);
v191 = (v176 * v303);
v192 = (v182 * v314);
v193 = (v75 * v175);
v194 = (v185 * v79);
v195 = where(v239, () => (v168 * v293), () => 0);
v196 = where(v289, () => ((v195 + (v55 * v175)) + v290), () => 0);
v197 = ceil(((v195 + v359) * v360));
v198 = ceil((v28 / v252));
v199 = surged((v3 * v175), v361, v272, v216);
v200 = pick(either(v263, v173, v167), table_tier_cpu_cores);
v201 = either(v263, v275, v200);
v202 = Math.max(either(exceeds((v180 / v362)), v363, v364), power_of_two((v196 * v365)));
return {["traffic.offered_erlangs"]: v4, ["traffic.concurrent_calls_peak"]: v6, ["network.media_bits_per_second"]: v18, ["network.signalling_bits_per_second"]: v23, ["cdr.retained_bytes"]: v30, ["database.rows_per_day"]: v32, ["database.retained_bytes"]: v34, ["tier.starter.concurrent_calls_available"]: v36, ["tier.starter.cps_available"]: v44, ["tier.starter.disk_writes_available"]: v76, ["tier.starter.packets_per_second_available"]: v80, ["tier.professional.concurrent_calls_available"]: v95, ["tier.professional.cps_available"]: v100, ["tier.professional.disk_writes_available"]: v107, ["tier.professional.packets_per_second_available"]: v109, ["tier.enterprise.concurrent_calls_available"]: v116, ["tier.enterprise.cps_available"]: v121, ["tier.enterprise.disk_writes_available"]: v128, ["tier.enterprise.packets_per_second_available"]: v130, ["tier.carrier.concurrent_calls_available"]: v137, ["tier.carrier.cps_available"]: v142, ["tier.carrier.disk_writes_available"]: v149, ["tier.carrier.packets_per_second_available"]: v151, ["hardware.servers"]: v161, ["hardware.servers_planned"]: v162, ["hardware.servers_total"]: v165, ["hardware.tier_index"]: v167, ["server.concurrent_calls"]: v168, ["server.ram_installed"]: v180, ["server.disk_installed"]: v184, ["server.wire_bits_per_second"]: v186, ["server.link_installed"]: v188, ["server.cps"]: v189, ["server.cpu_cores"]: v190, ["server.ram_used"]: v191, ["server.disk_used"]: v192, ["server.write_operations_per_second"]: v193, ["server.packets_per_second"]: v194, ["server.udp_ports"]: v195, ["server.conntrack_entries"]: v196, ["server.file_descriptors"]: v197, ["cdr.required_max_files"]: v198, ["server.highest_cps"]: v199, ["server.cores_installed"]: v201, ["server.conntrack_max"]: v202};
};
return { model, within, fixed, grown, first_month };
})();
