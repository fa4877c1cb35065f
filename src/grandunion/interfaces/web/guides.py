"""What the help page says of each section, and the words of the house."""

from dataclasses import dataclass

from grandunion.terms.text import Text


@dataclass(frozen=True, slots=True)
class Guide:
    """One section of the help: its address, what it is for, and how one works there."""

    code: str
    url: str
    icon: str
    title: Text
    about: Text
    steps: tuple[Text, ...]


GUIDES = (
    Guide("home", "/w/", "home", Text("Today", "今日"),
          Text("What is yours: due, waiting, to sign.", "属于您的事项：到期、待办、待确认。"),
          (Text("Begin at the top left: what is overdue stands first.", "从左上角开始，超期事项排在最前。"),
           Text("Every card leads to the whole list.", "每张卡片都可以打开完整列表。"))),
    Guide("needs", "/w/needs/", "life-buoy", Text("Needs", "需求"),
          Text("Difficulties and needs, from the first word to the call back.", "企业诉求与各类需求，从登记到回访。"),
          (Text("State a need in three steps; it is saved at each.", "分三步填写，每一步都会自动保存。"),
           Text("The desk sends it to those who can answer, by a day.", "服务台分派给承办方，并设定办理期限。"),
           Text("Rate the answer; who is not satisfied has it reopened.", "对答复进行评价，不满意的可重新办理。"))),
    Guide("achievements", "/w/achievements/", "flask", Text("Achievements", "成果"),
          Text("Disclosures, inventors' shares, evaluation, rights and public notice.",
               "成果披露、发明人份额、评价、赋权与公示。"),
          (Text("Disclose; shares add up to 100 and each inventor confirms.", "披露：份额合计 100%，由发明人确认。"),
           Text("Two reviewers without a conflict evaluate.", "由至少两名无利益冲突的专家评价。"),
           Text("Rights are settled and stand in public notice first.", "确定权属并公示无异议后方可转化。"))),
    Guide("matches", "/w/matches/", "handshake", Text("Matches", "撮合"),
          Text("Who could solve what, with reasons, and what came of it.", "供需推荐及其理由，以及撮合结果。"),
          (Text("Open a need and choose “Find candidates”.", "打开需求，选择“查找候选成果”。"),
           Text("Contact details are shown once both sides have accepted.", "双方均同意后才显示联系方式。"))),
    Guide("rounds", "/w/rounds/", "calendar", Text("Rounds", "专场"),
          Text("Roadshows and consultation days: who meets whom, when and at which table.",
               "路演、问诊日等专场：谁与谁、何时、在哪一桌会谈。"),
          (Text("Add both sides, then “Work out and assign”.", "添加双方参与者，再点“计算配对并编排”。"),
           Text("A change is shown before you accept it.", "变动先预览，确认后生效。"))),
    Guide("events", "/w/events/", "megaphone", Text("Events", "活动"),
          Text("Meetings and roadshows, their minutes, and what follows from them.", "会议与路演、纪要与后续事项。"),
          (Text("Invite, or open registration; a full event has a waiting list.", "邀请或开放报名，名额满后自动候补。"),
           Text("Enter the minutes by keyboard; n and a turn what was said into needs and actions.",
                "键盘录入纪要；按 n、a 将发言转为需求或承诺事项。"),
           Text("The next meeting opens with what became of the last.", "下次会议首先显示上次事项进展。"))),
    Guide("projects", "/w/projects/", "route", Text("Projects", "项目"),
          Text("The thread from discovery to landing and the years after.", "从发现、落地到后续跟踪的全过程。"),
          (Text("A move that is not allowed says what is missing.", "不能办理的操作会说明缺少什么。"),
           Text("Every open project has a next step and a day.", "每个在办项目都应有下一步及日期。"),
           Text("After landing, visits fall due by themselves.", "落地后回访任务自动生成。"))),
    Guide("messages", "/w/messages/", "bell", Text("Messages", "消息"),
          Text("What happened that has to do with you, here and by mail.", "与您有关的进展，站内和邮件均可接收。"),
          (Text("One click opens the record and marks the message as read.", "点击一条即打开记录并标为已读。"),
           Text("The eye beside a number watches a record.", "点击编号旁的眼睛图标可关注记录。"),
           Text("Choose kind by kind: at once, once a day, or not by mail.",
                "可按类别选择即时、每日汇总或不发邮件。"))),
    Guide("organisations", "/w/organisations/", "building", Text("Organisations and persons", "单位与人员"),
          Text("Companies, teams before incorporation, universities, investors, people.",
               "企业、未注册团队、高校、投资机构与人员。"),
          (Text("Search before you add: twins are warned of.", "新增前请先搜索，系统会提示疑似重复。"),
           Text("A team becomes a company and keeps its history.", "团队注册为企业后保留全部历史。"))),
    Guide("dashboards", "/w/dashboards/", "chart-line", Text("Dashboards", "看板"),
          Text("The figures of your role as of any day, in charts that open to their records.",
               "按身份汇总的指标，可查看任一日期，图表均可打开到记录。"),
          (Text("Choose a day or a month: the dashboard is shown as it was known then.",
                "选择日期或月份，看板按当时记录重现。"),
           Text("“Mail me this weekly” sends its figures to you.", "“每周邮件发送”可定期收到指标。"))),
    Guide("indicators", "/w/indicators/", "chart", Text("Indicators and plans", "指标与规划"),
          Text("Figures as of any day, each with its definition, targets and what was published.",
               "任意日期的指标值，附定义、目标与已发布数据。"),
          (Text("Choose the day at the top of the page.", "在页面上方选择截至日期。"),
           Text("Open a figure to see the records it counts.", "打开数字即可查看计入的记录。"),
           Text("What cannot be counted here says so, and why.", "系统无法计算的指标会注明原因。"))),
    Guide("returns", "/w/returns/", "file-text", Text("Periodic returns", "定期报表"),
          Text("What areas, partners and enterprises report, period by period; always called as reported.",
               "片区、合伙人和企业按期报送的数据，一律注明“报送”。"),
          (Text("A return opens by itself and begins with last period's figures.", "报表自动开启，并预填上期数据。"),
           Text("Comment at a field and send it back, or accept with one click.", "可逐项写明意见退回，或一键通过。"),
           Text("An enterprise is asked only while it agrees.", "企业同意期间才会被要求填报。"))),
    Guide("work-reports", "/w/work-reports/", "file-text", Text("Work reports", "工作报告"),
          Text("The work report of each level, every number bound to what it rests on.",
               "各级工作报告，每个数字都绑定依据。"),
          (Text("Marked numbers are typed by hand or have changed: bind, take or keep them.",
                "标出的数字为手工录入或已变化，请绑定、采用新值或说明理由。"),
           Text("A second person reviews, the named signer signs; then it is frozen.",
                "由第二人复核、指定签发人签发，签发后封存。"))),
)  # fmt: skip
