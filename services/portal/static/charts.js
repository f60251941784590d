// Draws each chart from the table that stands beside it, so that both always say the same; a bar
// leads where the table's figure leads.

(() => {
  "use strict";

  const COLOURS = {
    red: "#b3261e",
    yellow: "#d99100",
    green: "#2b7047",
    on_time: "#2b7047",
    late: "#c08a4a",
    waiting: "#b9c3c7",
    proposals: "#1f4e5f",
    replies: "#7fa3ad",
    process: "#1f4e5f",
    result: "#7fa3ad",
    handed: "#1f4e5f",
    replied: "#c08a4a",
  };
  const MOST_BARS = 14;
  const TEXT = { color: "#56636a", fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 12 };
  const LINE = { lineStyle: { color: "#dedad0" } };

  const read = (table) => {
    const heads = [...table.tHead.rows[0].cells];
    const rows = [...table.tBodies[0].rows];
    const first = (row) => row.cells[0].dataset.short || row.cells[0].textContent.trim();
    return {
      names: rows.map(first),
      series: heads
        .map((head, at) => ({ head, at }))
        .filter(({ head }) => head.dataset.series)
        .map(({ head, at }) => ({
          name: head.textContent.trim(),
          colour: COLOURS[head.dataset.series],
          values: rows.map((row) => Number(row.cells[at].textContent)),
          leads: rows.map((row) => row.cells[at].querySelector("a")),
        })),
    };
  };

  const shared = (figures) => ({
    animation: false,
    aria: { enabled: true, decal: { show: true } },
    textStyle: TEXT,
    tooltip: { trigger: "axis", axisPointer: { type: "shadow" }, renderMode: "richText" },
    legend: figures.series.length > 1 ? { top: 0, itemWidth: 16, itemHeight: 11, itemGap: 16, textStyle: TEXT } : undefined,
    grid: { left: 4, right: 16, top: figures.series.length > 1 ? 34 : 12, bottom: 4, containLabel: true },
  });
  const values = { type: "value", minInterval: 1, splitLine: LINE, axisLabel: TEXT };
  const names = (data) => ({ type: "category", data, axisTick: { show: false }, axisLine: LINE, axisLabel: TEXT });

  const KINDS = {
    stacked(figures) {
      const names_ = figures.names.slice(0, MOST_BARS);
      return {
        ...shared(figures),
        xAxis: values,
        yAxis: { ...names(names_), inverse: true },
        series: figures.series.map(({ name, colour, values: all }) => ({
          name, type: "bar", stack: "all", barMaxWidth: 16, itemStyle: { color: colour }, data: all.slice(0, MOST_BARS),
        })),
      };
    },
    bars(figures) {
      return {
        ...shared(figures),
        xAxis: names(figures.names),
        yAxis: values,
        series: figures.series.map(({ name, colour, values: data }) => ({
          name, type: "bar", barMaxWidth: 34, itemStyle: { color: colour }, data, label: { show: true, position: "top", ...TEXT },
        })),
      };
    },
    lines(figures) {
      return {
        ...shared(figures),
        xAxis: names(figures.names),
        yAxis: values,
        series: figures.series.map(({ name, colour, values: data }, nth) => ({
          name, type: "line", symbol: nth ? "diamond" : "circle", symbolSize: 8, itemStyle: { color: colour },
          lineStyle: { color: colour, width: 2, type: nth ? "dashed" : "solid" }, data,
        })),
      };
    },
  };

  const draw = (place) => {
    const table = document.getElementById(place.dataset.from);
    const chart = echarts.init(place, null, { renderer: "svg" });
    const figures = read(table);
    chart.setOption(KINDS[place.dataset.chart](figures));
    chart.on("click", ({ seriesIndex, dataIndex }) => figures.series[seriesIndex]?.leads[dataIndex]?.click());
    new ResizeObserver(() => chart.resize()).observe(place);
  };

  document.querySelectorAll("[data-chart]").forEach((place) => {
    if (window.echarts) draw(place);
    else place.classList.add("chart-absent");
  });
})();
